namespace CxrCluster.Evaluation.Reports;

/// <summary>
/// Writes metrics.json, predictions.csv, embeddings.csv, the pictures and a self-contained report.html into a folder.
/// </summary>
public static class EvaluationReport
{
    /// <summary>Creates the folder if need be and replaces files of an earlier report.</summary>
    /// <exception cref="ArgumentException">No predictions, or embeddings that do not match them.</exception>
    public static Task<EvaluationResult> WriteAsync(
        string folder,
        EvaluationInput input,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("not written yet");
}
