namespace CxrCluster.Evaluation.Confounds;

/// <summary>One picture scored whole and without its lungs.</summary>
/// <param name="Share">Share of the picture that was replaced, 0 to 1; see <see cref="LungMask"/>.</param>
public sealed record MaskedPicture(Prediction Full, Prediction Without, double Share);
