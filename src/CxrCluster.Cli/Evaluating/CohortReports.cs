using CxrCluster.Evaluation;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Evaluation.Reports;

namespace CxrCluster.Cli.Evaluating;

/// <summary>Writes the reports of a cohort: one for one model; for several, one each and one for their majority vote.</summary>
internal sealed class CohortReports(LabelledCohort cohort, TimeProvider time)
{
    /// <summary>What is shown on top of the report; null for nothing.</summary>
    public string? Caution { get; init; }

    /// <summary>Of the resamples behind the intervals.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Of the map of embeddings.</summary>
    public TSneOptions TSne { get; init; } = new();

    /// <summary>A line per model, then the vote's.</summary>
    public async Task<IReadOnlyList<EvaluationLine>> WriteAsync(
        string folder,
        IReadOnlyList<CohortScores> models,
        CancellationToken cancellationToken
    )
    {
        if (models.Count == 1)
            return [await WriteAsync(folder, models[0], cancellationToken)];
        var lines = new List<EvaluationLine>();
        foreach (CohortScores model in models)
            lines.Add(
                await WriteAsync(Path.Combine(folder, "models", model.Model.ToString()), model, cancellationToken)
            );
        lines.Add(await WriteVoteAsync(folder, models, cancellationToken));
        return lines;
    }

    private async Task<EvaluationLine> WriteAsync(
        string folder,
        CohortScores scores,
        CancellationToken cancellationToken
    )
    {
        var input = new EvaluationInput
        {
            Title = $"Evaluation of {scores.Model.Name}",
            Model = scores.Model.ToString(),
            Predictions = scores.Predictions,
            Embeddings = scores.Embeddings,
            Unscored = scores.Unscored,
            Facts = cohort.FactsOf(scores),
            Training = scores.Training is { } training
                ? [.. training.Predictions.Zip(training.Embeddings, (p, e) => new EmbeddedPrediction(p, e))]
                : null,
            TrainingFacts = scores.Training is { } learnt ? scores.TrainingCohort!.FactsOf(learnt) : [],
            Confounds = scores.Confounds,
            Seed = Seed,
            TSne = TSne,
            Threshold = scores.Threshold,
            Caution = Caution,
            ReadImage = ReadImageAsync,
            Time = time,
        };
        return EvaluationLine.Of(input.Model, await EvaluationReport.WriteAsync(folder, input, cancellationToken));
    }

    private async Task<EvaluationLine> WriteVoteAsync(
        string folder,
        IReadOnlyList<CohortScores> models,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Prediction> votes = MajorityVote.Of([.. models.Select(m => (m.Predictions, m.Threshold))]);
        var input = new EvaluationInput
        {
            Title = $"Majority vote of {models.Count} models",
            Model = string.Join(", ", models.Select(m => m.Model)),
            Predictions = votes,
            Unscored = models[0].Unscored,
            Facts = cohort.FactsOf(models[0]),
            Compared =
            [
                .. models.Select(m => (m.Model.ToString(), ClassificationMetrics.Compute(m.Predictions, m.Threshold))),
            ],
            Seed = Seed,
            Threshold = MajorityVote.Threshold,
            Caution = Caution,
            Time = time,
        };
        return EvaluationLine.Of("majority vote", await EvaluationReport.WriteAsync(folder, input, cancellationToken));
    }

    private async Task<byte[]?> ReadImageAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        string path = cohort.PathOf(prediction.Image);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }
}
