namespace CxrCluster.Evaluation.Plots;

/// <summary>An image and those most similar to it.</summary>
/// <param name="Name">What the row shows, such as "true positive".</param>
/// <param name="Neighbours">Nearest first.</param>
public sealed record PanelRow(string Name, PanelImage Query, IReadOnlyList<PanelImage> Neighbours);
