namespace CxrCluster.Evaluation.Plots;

/// <summary>One image of the panel of similar cases.</summary>
/// <param name="Pixels">PNG, JPEG or BMP bytes; null draws an empty tile that says so.</param>
/// <param name="Distance">Euclidean distance of the embeddings to the row's query; null for the query itself.</param>
public sealed record PanelImage(Prediction Prediction, byte[]? Pixels, double? Distance);
