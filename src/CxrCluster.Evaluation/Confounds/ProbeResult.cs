using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Confounds;

/// <summary>How well one thing can be told from another.</summary>
/// <param name="Target">What is told: "class", "hospital" or "source".</param>
/// <param name="From">What it is told from: "hospital", "source", "border" or "embedding".</param>
/// <param name="Images">That took part.</param>
/// <param name="Patients">Theirs.</param>
/// <param name="Values">How many kinds of the target there are.</param>
/// <param name="Auc">
/// ROC AUC of out-of-fold probabilities; of hospital and source the mean over their kinds, each against the rest within
/// one class. Null if it is not defined.
/// </param>
/// <param name="Lower">2.5th percentile over resamples of patients.</param>
/// <param name="Upper">97.5th percentile.</param>
/// <param name="Reason">Why there is no number, in a sentence; null when there is one.</param>
public sealed record ProbeResult(
    string Target,
    string From,
    int Images,
    int Patients,
    int Values,
    double? Auc,
    double? Lower,
    double? Upper,
    string? Reason
)
{
    /// <summary>The whole interval lies above this area: it can be told.</summary>
    public const double Level = 0.60;

    /// <summary>The whole interval lies below this area: it cannot be told to any extent that matters.</summary>
    public const double Harmless = 0.70;

    /// <summary>"told", "not told", "unclear" (too few images) or "undefined".</summary>
    public string Verdict =>
        Lower is null ? "undefined"
        : Lower > Level ? "told"
        : Upper < Harmless ? "not told"
        : "unclear";

    internal static ProbeResult Undefined(string target, string from, string reason) =>
        new(target, from, 0, 0, 0, null, null, null, reason);

    internal static ProbeResult Of(
        string target,
        string from,
        int images,
        int patients,
        int values,
        double? auc,
        MetricInterval interval
    ) => new(target, from, images, patients, values, auc, interval.Lower, interval.Upper, null);
}
