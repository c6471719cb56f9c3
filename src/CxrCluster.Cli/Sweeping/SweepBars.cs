using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Cli.Sweeping;

/// <summary>A bar per network: epochs over all of its runs. Those done before this process are not counted: the time that
/// is left is estimated from the pace of this one.</summary>
internal sealed class SweepBars(ProgressBoard board)
{
    private readonly Dictionary<string, (ProgressBar Bar, int Before)> _bars = new(StringComparer.Ordinal);

    /// <summary>Shows how far the sweep is.</summary>
    public void Show(SweepProgress sweep)
    {
        foreach (string architecture in sweep.Spec.Architectures)
        {
            SweepProgress own = sweep with { Runs = [.. sweep.Runs.Where(r => r.Key.Architecture == architecture)] };
            if (!_bars.TryGetValue(architecture, out (ProgressBar Bar, int Before) shown))
            {
                int left = own.Epochs - own.EpochsDone;
                shown = _bars[architecture] = (board.Add($"{architecture}, epochs", left), own.EpochsDone);
            }
            shown.Bar.Report(own.EpochsDone - shown.Before, Note(own));
        }
    }

    private static string Note(SweepProgress own)
    {
        double[] losses =
        [
            .. own.Runs.Where(r => r.History.Count > 0).Select(r => r.History[^1].Loss).Where(double.IsFinite),
        ];
        double[] areas =
        [
            .. own.Runs.Select(r => r.History.Count > 0 ? r.History[^1].ValidationAuc : null).OfType<double>(),
        ];
        string[] notes =
        [
            $"{own.Count(RunState.Done)} of {own.Runs.Count} runs",
            .. losses.Length > 0 ? [$"loss {losses.Average():0.000}"] : Array.Empty<string>(),
            .. areas.Length > 0 ? [$"AUC {areas.Average():0.000}"] : Array.Empty<string>(),
            .. own.Count(RunState.Failed) is > 0 and var failed ? [$"{failed} failed"] : Array.Empty<string>(),
        ];
        return string.Join(", ", notes);
    }
}
