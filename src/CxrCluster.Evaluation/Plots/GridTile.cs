namespace CxrCluster.Evaluation.Plots;

/// <summary>One picture of a grid.</summary>
/// <param name="Picture">PNG bytes.</param>
/// <param name="Heading">A word or two below it.</param>
/// <param name="Details">What there is to say of it, item by item; wrapped over up to four lines.</param>
public sealed record GridTile(byte[] Picture, string Heading, IReadOnlyList<string> Details);
