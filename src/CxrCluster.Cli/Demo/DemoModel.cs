using CxrCluster.Cli.Cohorts;
using CxrCluster.Cli.Terminal;
using CxrCluster.Cli.Training;
using CxrCluster.Learning.Training;
using CxrCluster.Synthesis;

namespace CxrCluster.Cli.Demo;

/// <summary>Makes the demonstration's cohorts and trains its model.</summary>
internal sealed class DemoModel(CliContext context, DemoSettings settings, DemoFolder folder)
{
    /// <summary>Does what has not been done in this folder.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        string cohort = settings.Cohort.ToString();
        string segmenter = $"{settings.LungCohort} {settings.Segmenter}";
        await folder.DoAsync(
            "cohort",
            "Synthetic patients of four hospitals",
            cohort,
            () => DrawCohortAsync(cancellationToken)
        );
        await folder.DoAsync("segmenter", "Lung segmenter", segmenter, () => TrainSegmenterAsync(cancellationToken));
        string model = $"{cohort} {segmenter} {settings.Classifier}";
        await folder.DoAsync("model", "Classifier", model, () => TrainClassifierAsync(cancellationToken));
        await folder.DoAsync("data", "Empty catalogue", model, ClearDataAsync);
    }

    private Task<CohortSummary> DrawCohortAsync(CancellationToken cancellationToken) =>
        CohortWriting.WriteAsync(context.Terminal, folder.Cohort, settings.Cohort, cancellationToken);

    private async Task TrainSegmenterAsync(CancellationToken cancellationToken)
    {
        await CohortWriting.WriteAsync(context.Terminal, folder.Lungs, settings.LungCohort, cancellationToken);
        string images = Path.Combine(folder.Lungs, "images");
        string masks = Path.Combine(folder.Lungs, "masks");
        foreach (string image in Directory.GetFiles(images))
            if (!File.Exists(Path.Combine(masks, Path.GetFileName(image))))
                File.Delete(image); // a lateral view: it has no mask
        var trainer = new SegmenterTrainer(settings.Segmenter);
        SegmenterTrainingResult result = await TrainingRun.RunAsync(
            context,
            progress => trainer.Train(images, masks, folder.Segmenter, progress, cancellationToken),
            cancellationToken
        );
        context.Terminal.Note($"Mean Dice {Figures.Area(result.MeanDice)} on {result.HeldOutPairs} held-out images.");
    }

    private async Task TrainClassifierAsync(CancellationToken cancellationToken)
    {
        var trainer = new ClassifierTrainer(settings.Classifier, context.Time);
        ClassifierTrainingResult result = await TrainingRun.RunAsync(
            context,
            progress =>
                trainer.Train(
                    new ClassifierTrainingInput
                    {
                        ManifestFile = folder.Manifest,
                        ImagesFolder = folder.Images,
                        SegmenterFile = folder.Segmenter,
                        OutputFolder = folder.Bundle,
                    },
                    progress,
                    cancellationToken
                ),
            cancellationToken
        );
        HeldOutManifest.Write(folder.Bundle, result);
        context.Terminal.Note(
            $"ROC AUC {Figures.Area(result.Metrics.RocAuc)} on {result.Metrics.Images} images of held-out patients."
        );
    }

    /// <summary>Images and scores of another cohort would show up beside the new ones.</summary>
    private Task ClearDataAsync()
    {
        if (Directory.Exists(folder.Data))
            Directory.Delete(folder.Data, recursive: true);
        return Task.CompletedTask;
    }
}
