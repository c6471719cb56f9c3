using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Grains.Telemetry;

/// <summary>Every instrument of the scoring pipeline. Labels are bounded: hospital, model, outcome, reason code, stage, slot.</summary>
public sealed class CxrInstruments : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CxrCluster";

    private static readonly double[] SecondsBuckets =
    [
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        30,
        60,
    ];

    private readonly Meter _meter;
    private readonly Counter<long> _images;
    private readonly Histogram<double> _stage;
    private readonly Histogram<double> _image;
    private readonly Histogram<long> _batch;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _query;
    private volatile IReadOnlyList<IndexState> _indexes = [];
    private readonly Histogram<double> _fetch;
    private readonly Counter<long> _fetches;
    private readonly TimeProvider _time;
    private volatile IReadOnlyList<(HospitalId Hospital, PacsInstanceState State, int Count)> _ledger = [];
    private volatile IReadOnlyList<(HospitalId Hospital, DateTimeOffset? SweptAt)> _sweeps = [];
    private readonly ConcurrentDictionary<string, Func<int>> _queues = new(StringComparer.Ordinal);

    /// <summary>Creates the instruments of one process.</summary>
    public CxrInstruments(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        _meter = factory.Create(MeterName);
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsBuckets };
        _images = _meter.CreateCounter<long>("cxr.images", "{image}", "Images by final state");
        _image = _meter.CreateHistogram(
            "cxr.image.duration",
            "s",
            "From taking up an image to its result",
            null,
            seconds
        );
        _stage = _meter.CreateHistogram("cxr.stage.duration", "s", "Time of one stage of the pipeline", null, seconds);
        _batch = _meter.CreateHistogram(
            "cxr.batch.size",
            "{image}",
            "Images per batch of a slot",
            null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] }
        );
        _query = _meter.CreateHistogram(
            "cxr.similarity.duration",
            "s",
            "From a similarity query to its answer",
            null,
            seconds
        );
        _retries = _meter.CreateCounter<long>(
            "cxr.worker.retries",
            "{call}",
            "Calls of workers that had to be repeated"
        );
        _fetch = _meter.CreateHistogram("cxr.pacs.fetch.duration", "s", "Fetching of one instance", null, seconds);
        _fetches = _meter.CreateCounter<long>(
            "cxr.pacs.fetches",
            "{instance}",
            "Instances asked of a PACS, by outcome"
        );
        _meter.CreateObservableGauge(
            "cxr.pacs.instances",
            () =>
                _ledger.Select(c => new Measurement<int>(
                    c.Count,
                    new("hospital", c.Hospital.Value),
                    new("state", c.State.ToString().ToLowerInvariant())
                )),
            "{instance}",
            "Instances that a PACS holds, by state of the ledger"
        );
        _meter.CreateObservableGauge(
            "cxr.pacs.lag",
            () =>
                _sweeps
                    .Where(s => s.SweptAt is not null)
                    .Select(s => new Measurement<double>(
                        (_time.GetUtcNow() - s.SweptAt!.Value).TotalSeconds,
                        new KeyValuePair<string, object?>("hospital", s.Hospital.Value)
                    )),
            "s",
            "Since the last complete look at a PACS's recent days began"
        );
        _meter.CreateObservableGauge(
            "cxr.queue.depth",
            () =>
                _queues.Select(q => new Measurement<int>(q.Value(), new KeyValuePair<string, object?>("queue", q.Key))),
            "{image}",
            "Images that wait"
        );
        _meter.CreateObservableGauge(
            "cxr.index.embeddings",
            () => _indexes.Select(index => Of(index, index.Embeddings)),
            "{embedding}",
            "Embeddings of a hospital's serving index"
        );
        _meter.CreateObservableGauge(
            "cxr.index.shards.unready",
            () => _indexes.Select(index => Of(index, index.Unready)),
            "{shard}",
            "Shards of a serving index that do not answer in full"
        );
    }

    /// <summary>An image reached its final state.</summary>
    public void ImageFinished(HospitalId hospital, ImageScore score)
    {
        _images.Add(
            1,
            new("hospital", hospital.Value),
            new("outcome", score.Outcome.ToString().ToLowerInvariant()),
            new("reason", score.Reason?.Code ?? "")
        );
        _image.Record(score.Milliseconds / 1000, new KeyValuePair<string, object?>("hospital", hospital.Value));
    }

    /// <summary>A stage ended: "fetch", "decode", "preprocess", "infer", "commit", "index".</summary>
    public void StageFinished(string stage, TimeSpan duration) =>
        _stage.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>A similarity query was answered, wholly or in part.</summary>
    public void QueryFinished(TimeSpan duration, bool partial) =>
        _query.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("answer", partial ? "partial" : "whole")
        );

    /// <summary>A slot ran a batch.</summary>
    public void BatchFinished(string slot, int size) =>
        _batch.Record(size, new KeyValuePair<string, object?>("slot", slot));

    /// <summary>A call of a worker is repeated: "busy", "unavailable", "none-free".</summary>
    public void WorkerRetried(string stage, string cause) => _retries.Add(1, new("stage", stage), new("cause", cause));

    /// <summary>The serving indexes as they are now; none once another node keeps them.</summary>
    public void IndexesSeen(IReadOnlyList<IndexState> indexes) => _indexes = indexes;

    /// <summary>An instance was asked of a PACS: "fetched", "failed" or "parked".</summary>
    /// <param name="elapsed">Null: not a fetch that went through.</param>
    public void PacsFetched(HospitalId hospital, string outcome, TimeSpan? elapsed)
    {
        _fetches.Add(1, new("hospital", hospital.Value), new("outcome", outcome));
        if (elapsed is { } time)
            _fetch.Record(time.TotalSeconds, new KeyValuePair<string, object?>("hospital", hospital.Value));
    }

    /// <summary>What the ledger holds.</summary>
    public void PacsCounted(IReadOnlyList<(HospitalId Hospital, PacsInstanceState State, int Count)> counts) =>
        _ledger = counts;

    /// <summary>When recent days were last looked through.</summary>
    public void PacsSwept(IReadOnlyList<(HospitalId Hospital, DateTimeOffset? SweptAt)> sweeps) => _sweeps = sweeps;

    /// <summary>Reports a queue's depth whenever metrics are collected.</summary>
    public void ObserveQueue(string queue, Func<int> depth) => _queues[queue] = depth;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static Measurement<int> Of(IndexState index, int value) =>
        new(
            value,
            new KeyValuePair<string, object?>("hospital", index.Hospital.Value),
            new KeyValuePair<string, object?>("model", index.Model.ToString())
        );
}
