using CxrCluster.Cli.Scoring;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Demo;

/// <summary>All results of the demonstration, and which of them are of held-out patients.</summary>
internal sealed class DemoScores(IReadOnlyList<ScoredInput> all, IReadOnlyList<CohortRow> heldOut)
{
    private readonly HashSet<(string Hospital, string Patient)> _heldOut =
    [
        .. heldOut.Select(row => (row.Hospital, row.PatientId)),
    ];

    /// <summary>Every image of the cohort.</summary>
    public IReadOnlyList<ScoredInput> All => all;

    /// <summary>Images of patients that the model has not seen in training.</summary>
    public IReadOnlyList<ScoredInput> HeldOut => [.. all.Where(IsHeldOut)];

    /// <summary>The hospitals, in order.</summary>
    public IEnumerable<HospitalId> Hospitals => all.Select(r => r.Input.Origin.Hospital).Distinct().Order();

    /// <summary>A held-out positive that the model is sure of, to find similar cases for; null when there is none.</summary>
    public ScoredInput? Example =>
        HeldOut
            .Where(r => r.Score.Outcome == ImageOutcome.Scored && r.Input.Origin.Label == 1)
            .MaxBy(r => r.Score.Probability);

    private bool IsHeldOut(ScoredInput result) =>
        _heldOut.Contains((result.Input.Origin.Hospital.Value, result.Input.Origin.PatientId ?? ""));
}
