using System.Diagnostics.Metrics;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Grains.Telemetry;

/// <summary>Every instrument of training. Labels are bounded: network, state.</summary>
public sealed class TrainingInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _epochs;
    private readonly Histogram<double> _step;
    private readonly Histogram<double> _waiting;
    private volatile Func<RunState, int>? _runs;

    /// <summary>Creates the instruments of one process.</summary>
    public TrainingInstruments(IMeterFactory factory)
    {
        _meter = factory.Create(CxrInstruments.MeterName);
        _epochs = _meter.CreateCounter<long>("cxr.training.epochs", "{epoch}", "Epochs trained here");
        _step = _meter.CreateHistogram(
            "cxr.training.step.duration",
            "s",
            "Time that a step holds its slot",
            null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
            }
        );
        _waiting = _meter.CreateHistogram(
            "cxr.training.waiting.ratio",
            "1",
            "Share of an epoch's time in which its slot did something else: scored, or trained for another sweep",
            null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1],
            }
        );
        _meter.CreateObservableGauge("cxr.sweep.runs", ObserveRuns, "{run}", "Runs of the running sweeps by state");
    }

    /// <summary>A step has ended.</summary>
    public void StepDone(string architecture, TimeSpan duration) =>
        _step.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("architecture", architecture));

    /// <summary>An epoch has ended.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="duration">From its lease's begin to its end.</param>
    /// <param name="computed">Of which its slot worked for it.</param>
    public void EpochDone(string architecture, TimeSpan duration, TimeSpan computed)
    {
        var label = new KeyValuePair<string, object?>("architecture", architecture);
        _epochs.Add(1, label);
        if (duration > TimeSpan.Zero)
            _waiting.Record(Math.Clamp(1 - computed / duration, 0, 1), label);
    }

    /// <summary>Reports the runs whenever metrics are collected; null when no coordinator is here.</summary>
    public void ObserveRuns(Func<RunState, int>? count) => _runs = count;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> ObserveRuns() =>
        _runs is not { } count
            ? []
            : Enum.GetValues<RunState>()
                .Select(state => new Measurement<int>(
                    count(state),
                    new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())
                ));
}
