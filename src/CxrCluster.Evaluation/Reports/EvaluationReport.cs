using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>
/// Writes metrics.json, predictions.csv, embeddings.csv, the pictures and a self-contained report.html into a folder.
/// </summary>
public static class EvaluationReport
{
    private const string EmbeddingsFile = "embeddings.csv";

    /// <summary>
    /// Creates the folder if need be, replaces the files of an earlier report, and removes those that this one has not:
    /// without embeddings there is neither embeddings.csv nor tsne.png nor similar.png, without pictures no similar.png.
    /// </summary>
    /// <exception cref="ArgumentException">No predictions, or embeddings that do not match them.</exception>
    public static async Task<EvaluationResult> WriteAsync(
        string folder,
        EvaluationInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.Validate().FirstOrDefault() is { } fault)
            throw new ArgumentException(fault, nameof(input));

        EmbeddedPrediction[]? images = input.Embeddings is { } embeddings
            ? [.. input.Predictions.Zip(embeddings, (prediction, vector) => new EmbeddedPrediction(prediction, vector))]
            : null;
        var result = new EvaluationResult(
            ClassificationMetrics.Compute(input.Predictions, input.Threshold),
            images is null ? null : NeighbourAverage.Compute(images, input.K, input.Threshold),
            images is null ? null : DistanceStatistics.Compute(images),
            HospitalSummary.Compute(input.Predictions, input.Unscored, input.Threshold),
            Path.Combine(folder, "report.html")
        );
        var figures = await FigureSet.DrawAsync(input, result.Metrics, images, cancellationToken);

        Directory.CreateDirectory(folder);
        foreach (string file in FigureSet.Files.Append(EmbeddingsFile))
            File.Delete(Path.Combine(folder, file));
        byte[] metrics = MetricsFile.Write(input, result);
        await File.WriteAllBytesAsync(Path.Combine(folder, "metrics.json"), metrics, cancellationToken);
        CsvFiles.WritePredictions(Path.Combine(folder, "predictions.csv"), input.Predictions, input.Threshold);
        if (input.Embeddings is not null)
            CsvFiles.WriteEmbeddings(Path.Combine(folder, EmbeddingsFile), input.Predictions, input.Embeddings);
        foreach (ReportFigure figure in figures)
            await File.WriteAllBytesAsync(Path.Combine(folder, figure.File), figure.Png, cancellationToken);
        // Last, so that a report that exists is whole.
        string html = HtmlReport.Render(input, result, figures);
        await File.WriteAllTextAsync(result.ReportPath, html, cancellationToken);
        return result;
    }
}
