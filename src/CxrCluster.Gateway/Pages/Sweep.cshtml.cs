using System.Globalization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Gateway.Sweeps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>One sweep with the curves of its runs.</summary>
internal sealed class SweepModel(SweepDesk desk) : PageModel
{
    private const double LeastAuc = 0.5;

    private double _highestLoss;

    public SweepView Sweep { get; private set; } = null!;

    public bool MayChange => Sweep.State is SweepState.Running or SweepState.Paused;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!SweepId.TryParse(id, null, out SweepId sweep))
            return NotFound();
        Sweep = SweepView.From(await desk.FindAsync(sweep, cancellationToken));
        _highestLoss = Sweep.Runs!.SelectMany(r => r.Losses).Max() ?? 1;
        return Page();
    }

    public Task<IActionResult> OnPostPauseAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, desk.PauseAsync, cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, desk.ResumeAsync, cancellationToken);

    public Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, desk.CancelAsync, cancellationToken);

    /// <summary>"3 of 32", with the share of the one under way.</summary>
    public string Epoch(SweepRunView run)
    {
        string done = $"{run.EpochsDone} of {EpochsPerRun}";
        return run is { State: RunState.Running, Steps: > 0 }
            ? $"{done} (+ {Show.Percent((double)run.Step / run.Steps)})"
            : done;
    }

    /// <summary>Every run on the same axes, so that they can be compared.</summary>
    public IEnumerable<string> LossLines(SweepRunView run) => Curve.Lines(run.Losses, EpochsPerRun, 0, _highestLoss);

    /// <inheritdoc cref="LossLines"/>
    public IEnumerable<string> AucLines(SweepRunView run) => Curve.Lines(run.ValidationAucs, EpochsPerRun, LeastAuc, 1);

    /// <summary>The newest value.</summary>
    public static string Number(IReadOnlyList<double?> values) =>
        values.Count > 0 && values[^1] is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "";

    private int EpochsPerRun => Sweep.Epochs / Math.Max(1, Sweep.Runs!.Count);

    private async Task<IActionResult> ChangeAsync(
        string id,
        Func<HttpContext, SweepId, CancellationToken, Task<SweepView>> change,
        CancellationToken cancellationToken
    )
    {
        if (!SweepId.TryParse(id, null, out SweepId sweep))
            return NotFound();
        await change(HttpContext, sweep, cancellationToken);
        return Redirect($"/sweeps/{sweep}");
    }
}
