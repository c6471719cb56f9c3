using CxrCluster.Cli.Terminal;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>A bar per phase of a training; its note shows epoch, loss and metric.</summary>
internal sealed class TrainingBars(ProgressBoard board) : IProgress<TrainingProgress>
{
    private readonly Dictionary<string, ProgressBar> _bars = new(StringComparer.Ordinal);
    private string _metric = "";

    /// <inheritdoc />
    public void Report(TrainingProgress value)
    {
        if (value.Metric is { } metric)
            _metric = $", {value.MetricName} {metric:0.000}";
        int epochs = Math.Max(1, value.Epochs);
        int before = Math.Max(0, value.Epoch - 1);
        bool single = value.Epochs == 0 || value.Steps == 1; // "preprocess", "held out"
        long total = single ? value.Steps : (long)epochs * value.Steps;
        long done = single ? value.Step : (long)before * value.Steps + value.Step;
        if (!_bars.TryGetValue(value.Phase, out ProgressBar? bar))
            _bars[value.Phase] = bar = board.Add(value.Phase, total);
        string epoch = single ? "" : $"epoch {value.Epoch} of {epochs}, ";
        string loss = double.IsNaN(value.Loss) ? "" : $"loss {value.Loss:0.000}";
        bar.Report(done, (epoch + loss + _metric).TrimStart(',', ' '), total);
    }
}
