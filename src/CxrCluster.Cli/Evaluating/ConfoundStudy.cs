using CxrCluster.Cli.Terminal;
using CxrCluster.Evaluation;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Evaluation.Confounds;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;

namespace CxrCluster.Cli.Evaluating;

/// <summary>
/// Examines whether the class can be told from outside the lungs: looks at the borders of the pictures, and has the model
/// score them once more without their lungs. In this process: such pictures are no images of the catalogue.
/// </summary>
internal sealed class ConfoundStudy(LabelledCohort cohort, CliTerminal terminal, int mostImages, int seed)
{
    private const int Batch = 16;

    /// <summary>Runs the probes on the scored images of one model.</summary>
    public async Task<ConfoundReport> RunAsync(
        ModelBundle bundle,
        CohortScores scores,
        CancellationToken cancellationToken
    )
    {
        int[] chosen = [.. PatientSample.Choose(scores.Predictions, mostImages, seed)];
        if (chosen.Length < scores.Predictions.Count)
            terminal.Note(
                $"Confounders are looked for in {chosen.Length} of {scores.Predictions.Count} images; --confound-images changes that."
            );
        // A thread of its own: the networks and the probes keep it busy.
        return await Task.Run(() => Run(bundle, scores, chosen, cancellationToken), cancellationToken);
    }

    private ConfoundReport Run(
        ModelBundle bundle,
        CohortScores scores,
        int[] chosen,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, ImageFacts> facts = cohort
            .FactsOf(scores)
            .ToDictionary(f => f.Image, StringComparer.Ordinal);
        var images = new List<ProbeImage>(chosen.Length);
        var pictures = new List<MaskedPicture>(chosen.Length);
        var preprocessor = new Preprocessor(bundle.Manifest.Preprocessing);
        using var engine = new InferenceEngine(bundle, new EngineOptions());
        using ProgressBoard board = terminal.StartProgress();
        ProgressBar bar = board.Add("looking for confounders", chosen.Length);
        foreach (int[] batch in chosen.Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SquareImage[] squares =
            [
                .. batch.Select(i =>
                    preprocessor.Apply(RadiographReader.ReadFile(cohort.PathOf(scores.Predictions[i].Image))).Square
                ),
            ];
            foreach ((int i, SquareImage square) in batch.Zip(squares))
            {
                Prediction prediction = scores.Predictions[i];
                images.Add(
                    new ProbeImage(
                        prediction,
                        facts.GetValueOrDefault(prediction.Image)?.Source,
                        scores.Embeddings[i],
                        BorderFeatures.Of(square.Pixels, square.Side)
                    )
                );
            }
            pictures.AddRange(ScoreWithoutLungs(engine, [.. batch.Select(i => scores.Predictions[i])], squares));
            bar.Report(images.Count);
        }
        MaskedScore masked = MaskedScore.Compute(pictures, chosen.Length - pictures.Count, seed, cancellationToken);
        return ConfoundReport.Compute(images, masked, seed, cancellationToken);
    }

    private static IEnumerable<MaskedPicture> ScoreWithoutLungs(
        InferenceEngine engine,
        Prediction[] predictions,
        SquareImage[] squares
    )
    {
        IReadOnlyList<Inference> whole = engine.Infer(squares, wantLungMaps: true);
        var without = squares
            .Select((square, i) => (i, Removed: LungMask.Remove(square.Pixels, whole[i].LungMap!.Pixels, square.Side)))
            .Where(picture => picture.Removed is not null)
            .Select(picture => (picture.i, picture.Removed!.Value.Pixels, picture.Removed.Value.Share))
            .ToList();
        if (without.Count == 0)
            return [];
        IReadOnlyList<Inference> masked = engine.Infer(
            [.. without.Select(picture => new SquareImage(squares[picture.i].Side, picture.Pixels))],
            wantLungMaps: false
        );
        return without.Select(
            (picture, m) =>
                new MaskedPicture(
                    predictions[picture.i].With(whole[picture.i].Probability),
                    predictions[picture.i].With(masked[m].Probability),
                    picture.Share
                )
        );
    }
}
