namespace CxrCluster.Evaluation;

/// <summary>An image of the cohort that got no score.</summary>
/// <param name="Kind">Left out on purpose, or not readable.</param>
/// <param name="Reason">A sentence, or a short name of the reason; equal reasons are counted together.</param>
public sealed record UnscoredImage(string Image, string Hospital, UnscoredKind Kind, string Reason);
