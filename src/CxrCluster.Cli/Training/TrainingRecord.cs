using System.Text.Json;
using CxrCluster.Cli.Images;
using CxrCluster.Evaluation.Plots;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>How a training went, beside model.json: history.json and curves.png. No part of the model's version.</summary>
internal static class TrainingRecord
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes both into the bundle's folder.</summary>
    public static async Task WriteAsync(
        string bundle,
        ClassifierTrainingResult result,
        CancellationToken cancellationToken
    )
    {
        byte[] history = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                result.KeptEpoch,
                result.Divergence,
                DataWaitShare = WaitShare(result.History),
                Epochs = result.History,
            },
            Json
        );
        await OutputFile.WriteAsync(Path.Combine(bundle, "history.json"), history, cancellationToken);
        byte[] curves = TrainingCurvesPlot.Render(
            [
                .. result.History.Select(e => new TrainingEpoch(
                    e.Epoch,
                    e.TrainingLoss,
                    e.ValidationLoss,
                    e.ValidationAuc
                )),
            ],
            result.KeptEpoch
        );
        await OutputFile.WriteAsync(Path.Combine(bundle, "curves.png"), curves, cancellationToken);
    }

    /// <summary>Share of the whole training in which the device waited for data.</summary>
    public static double WaitShare(IReadOnlyList<EpochRecord> history)
    {
        double seconds = history.Sum(e => e.Seconds);
        return seconds > 0 ? history.Sum(e => e.Seconds * e.DataWaitShare) / seconds : 0;
    }
}
