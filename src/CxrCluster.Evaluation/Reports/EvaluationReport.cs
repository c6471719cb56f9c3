using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>
/// Writes metrics.json, predictions.csv, embeddings.csv, hard-cases.csv, the pictures and a self-contained report.html into a folder.
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
        EvaluationResult result = Analyse(folder, input, images, cancellationToken);
        var figures = await FigureSet.DrawAsync(input, result, images, cancellationToken);

        Directory.CreateDirectory(folder);
        foreach (string file in FigureSet.Files.Append(EmbeddingsFile))
            File.Delete(Path.Combine(folder, file));
        byte[] metrics = MetricsFile.Write(input, result);
        await File.WriteAllBytesAsync(Path.Combine(folder, "metrics.json"), metrics, cancellationToken);
        CsvFiles.WritePredictions(Path.Combine(folder, "predictions.csv"), input.Predictions, input.Threshold);
        CsvFiles.WriteHardCases(Path.Combine(folder, "hard-cases.csv"), result.Hard);
        if (input.Embeddings is not null)
            CsvFiles.WriteEmbeddings(Path.Combine(folder, EmbeddingsFile), input.Predictions, input.Embeddings);
        foreach (ReportFigure figure in figures)
            await File.WriteAllBytesAsync(Path.Combine(folder, figure.File), figure.Png, cancellationToken);
        // Last, so that a report that exists is whole.
        string html = HtmlReport.Render(input, result, figures);
        await File.WriteAllTextAsync(result.ReportPath, html, cancellationToken);
        return result;
    }

    private static EvaluationResult Analyse(
        string folder,
        EvaluationInput input,
        IReadOnlyList<EmbeddedPrediction>? images,
        CancellationToken cancellationToken
    )
    {
        var facts = input.Facts.DistinctBy(f => f.Image).ToDictionary(f => f.Image, StringComparer.Ordinal);
        string? ViewOf(Prediction p) => facts.GetValueOrDefault(p.Image)?.View;
        Prediction[] marked = [.. input.Predictions.Where(p => facts.GetValueOrDefault(p.Image)?.Hard == true)];
        return new EvaluationResult(
            ClassificationMetrics.Compute(input.Predictions, input.Threshold),
            PatientBootstrap.Compute(
                input.Predictions,
                input.Threshold,
                input.Bootstraps,
                input.Seed,
                cancellationToken
            ),
            CalibrationCurve.Compute(input.Predictions),
            OperatingPoint.Compute(input.Predictions),
            HardCase.Rank(input.Predictions, facts, input.Threshold),
            marked.Length == 0 ? null : ClassificationMetrics.Compute(marked, input.Threshold),
            GroupSummary.Compute(input.Predictions, p => p.Hospital, input.Threshold),
            input.Predictions.All(p => ViewOf(p) is null)
                ? []
                : GroupSummary.Compute(input.Predictions, p => ViewOf(p) ?? "unknown", input.Threshold),
            images is null
                ? null
                : NeighbourAverage.Compute(
                    images,
                    input.Training ?? images,
                    input.K,
                    input.Threshold,
                    cancellationToken
                ),
            images is null
                ? null
                : Retrieval.Compute(
                    images,
                    input.Training ?? images,
                    Retrieval.Depths,
                    input.Threshold,
                    cancellationToken
                ),
            images is null ? null
                : input.Training is { } training ? DistanceStatistics.Between(images, training, cancellationToken)
                : DistanceStatistics.Within(images, cancellationToken),
            HospitalSummary.Compute(input.Predictions, input.Unscored, input.Threshold),
            Path.Combine(folder, "report.html")
        );
    }
}
