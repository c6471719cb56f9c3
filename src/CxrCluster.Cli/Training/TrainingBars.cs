using CxrCluster.Cli.Terminal;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>A bar per phase of a training; its note shows epoch, loss and metric, on a screen with their curves.</summary>
internal sealed class TrainingBars(ProgressBoard board, bool curves) : IProgress<TrainingProgress>
{
    private readonly Dictionary<string, ProgressBar> _bars = new(StringComparer.Ordinal);
    private readonly List<double> _losses = [];
    private readonly List<double> _metrics = [];

    /// <inheritdoc />
    public void Report(TrainingProgress value)
    {
        bool single = value.Epochs == 0 || value.Phase == "held out"; // no epochs of its own
        if (!single && value.Step == value.Steps)
            _losses.Add(value.Loss);
        if (value.Metric is { } metric)
            _metrics.Add(metric);
        int epochs = Math.Max(1, value.Epochs);
        int before = Math.Max(0, value.Epoch - 1);
        long total = single ? value.Steps : (long)epochs * value.Steps;
        long done = single ? value.Step : (long)before * value.Steps + value.Step;
        if (!_bars.TryGetValue(value.Phase, out ProgressBar? bar))
            _bars[value.Phase] = bar = board.Add(value.Phase, total);
        string[] note =
        [
            single ? "" : $"epoch {value.Epoch} of {epochs}",
            double.IsNaN(value.Loss) ? "" : $"loss {value.Loss:0.000}{Curve(single ? [] : _losses)}",
            _metrics.Count == 0 || single && value.Metric is null
                ? ""
                : $"{value.MetricName ?? ClassifierRun.MetricName} {value.Metric ?? _metrics[^1]:0.000}{Curve(single ? [] : _metrics)}",
        ];
        bar.Report(done, string.Join(", ", note.Where(part => part.Length > 0)), total);
    }

    private string Curve(List<double> values) => curves && values.Count > 1 ? " " + Sparkline.Of(values) : "";
}
