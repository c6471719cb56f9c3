using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Similarity.Shards;
using CxrCluster.Storage.Indexes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CxrCluster.Grains.Similarity;

/// <summary>
/// Owns a shard's files while it lives. It takes embeddings as soon as its files are read, and answers once it has
/// everything that the catalogue has.
/// </summary>
[RequireRole(NodeRoles.Index), Rendezvous, KeepAlive, Reentrant, GrainType("embedding-shard")]
public sealed partial class EmbeddingShardGrain(
    IIndexStore store,
    ShardFolders folders,
    ShardFill fill,
    ModelManifests manifests,
    IOptions<IndexOptions> options,
    CxrInstruments instruments,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<EmbeddingShardGrain> logger
) : Grain, IEmbeddingShardGrain, IDisposable
{
    /// <summary>A copy is left for other nodes when this share of the shard has changed since the last one.</summary>
    private const double CopyShare = 0.1;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<string> _fed = new(StringComparer.Ordinal);
    private ShardKey _key;
    private Task<VectorShard> _opened = null!;
    private Task _ready = null!;
    private string? _problem;
    private int _changed;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ShardKey.Parse(this.GetPrimaryKeyString());
        _opened = OpenAsync();
        _ready = FillAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _ready.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        if (_opened.IsCompletedSuccessfully)
            await (await _opened).DisposeAsync();
    }

    /// <inheritdoc />
    public async Task Append(IReadOnlyList<IndexedEmbedding> entries, CancellationToken cancellationToken)
    {
        VectorShard shard = await _opened;
        if (!_ready.IsCompleted)
            _fed.UnionWith(entries.Select(entry => entry.Instance.Uid.Value));
        await shard.AppendAsync(
            [.. entries.Select(entry => ShardChange.Put(ShardFill.ToEntry(entry)))],
            cancellationToken
        );
        _changed += entries.Count;
        if (_changed > 1000 + CopyShare * shard.Count)
            _ = CopyAsync(shard);
    }

    /// <inheritdoc />
    public async Task<ShardReply?> Search(ShardQuery query, CancellationToken cancellationToken)
    {
        if (!_ready.IsCompletedSuccessfully && !await BecomesReadyAsync(query.Patience, cancellationToken))
            return null;
        VectorShard shard = await _opened;
        long started = time.GetTimestamp();
        // the scan runs on the thread pool: no grain computes
        ShardReply reply = await Task.Run(() => Search(shard, query), cancellationToken);
        instruments.StageFinished("search", time.GetElapsedTime(started));
        return reply;
    }

    /// <inheritdoc />
    public Task<ShardStatus> Status()
    {
        VectorShard? shard = _opened.IsCompletedSuccessfully ? _opened.Result : null;
        return Task.FromResult(
            new ShardStatus(
                silo.Name,
                _ready.IsCompletedSuccessfully,
                shard?.Count ?? 0,
                shard?.VectorBytes ?? 0,
                _problem ?? shard?.CompactionProblem
            )
        );
    }

    /// <inheritdoc />
    public async Task Drop()
    {
        await _stopping.CancelAsync();
        await _ready.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        if (_opened.IsCompletedSuccessfully)
            await (await _opened).DisposeAsync();
        await folders.DeleteAsync(_key, CancellationToken.None);
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private ShardReply Search(VectorShard shard, ShardQuery query)
    {
        var filter = new CaseFilter
        {
            From = query.Filter?.From,
            Until = query.Filter?.Until,
            Label = query.Filter?.Label,
            View = query.Filter?.View,
            ExcludePatient = query.ExcludePatient,
            ExcludeUid = query.ExcludeInstance is { } own && own.Hospital == _key.Hospital ? own.Uid.Value : null,
        };
        var nearest = shard.Search(query.Vector, query.K, filter, options.Value.SearchThreads);
        return new ShardReply(
            [.. nearest.Select(n => ToNeighbour(n.Case, n.Distance))],
            query.Floor == 0 ? [] : shard.PatientHashes(filter, query.Floor)
        );
    }

    private Neighbour ToNeighbour(ShardCase found, double distance) =>
        new(
            new InstanceId(_key.Hospital, new SopInstanceUid(found.Uid)),
            found.PatientId,
            found.Name,
            distance,
            found.Probability,
            found.Label,
            found.View,
            found.TakenAt
        );

    private async Task<bool> BecomesReadyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await _ready.WaitAsync(patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<VectorShard> OpenAsync()
    {
        while (true)
            try
            {
                int dimension = (await manifests.GetAsync(_key.Model, _stopping.Token)).EmbeddingSize;
                VectorShard shard = await folders.OpenAsync(_key, dimension, _stopping.Token);
                foreach (string problem in shard.Recovery.Problems)
                    LogUnusable(logger, _key.ToString(), problem);
                if (shard.Recovery.BytesCut > 0)
                    LogCut(logger, _key.ToString(), shard.Recovery.BytesCut);
                return shard;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                await RestAsync(exception);
            }
    }

    private async Task FillAsync()
    {
        VectorShard shard = await _opened;
        while (true)
            try
            {
                IndexLayout? layout = (
                    await store.ReadLayoutsAsync(_key.Hospital, _key.Model, _stopping.Token)
                ).FirstOrDefault(l => l.Number == _key.Layout);
                if (layout is null)
                {
                    DeactivateOnIdle(); // dropped: somebody asked by what was true a moment ago
                    return;
                }
                await WaitUntilFedAsync(layout);
                (int put, int removed) = await fill.RunAsync(_key, layout.Parts, shard, _fed, _stopping.Token);
                _fed.Clear();
                _problem = null;
                LogReady(logger, _key.ToString(), shard.Count, put, removed);
                return;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                await RestAsync(exception);
            }
    }

    /// <summary>Of a new layout every node must know before the catalogue is read: from then on, what is committed is fed.</summary>
    private async Task WaitUntilFedAsync(IndexLayout layout)
    {
        TimeSpan left = layout.ChangedAt + 2 * IndexLayouts.Remembered - time.GetUtcNow();
        if (layout.State == LayoutState.Filling && left > TimeSpan.Zero)
            await Task.Delay(left, time, _stopping.Token);
    }

    private async Task RestAsync(Exception exception)
    {
        _problem = exception.Message;
        LogRetry(logger, exception, _key.ToString());
        await Task.Delay(RetryPause, time, _stopping.Token);
    }

    private async Task CopyAsync(VectorShard shard)
    {
        _changed = 0;
        try
        {
            await folders.CopyAsync(_key, shard, _stopping.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNoCopy(logger, exception, _key.ToString());
        }
    }

    [LoggerMessage(
        1303,
        LogLevel.Information,
        "Index shard {Shard}: {Count} embeddings; {Put} of them read from the catalogue, {Removed} removed"
    )]
    private static partial void LogReady(ILogger logger, string shard, int count, int put, int removed);

    [LoggerMessage(1304, LogLevel.Error, "Index shard {Shard}: {Problem}")]
    private static partial void LogUnusable(ILogger logger, string shard, string problem);

    [LoggerMessage(
        1305,
        LogLevel.Information,
        "Index shard {Shard}: {Bytes} bytes at the log's end held no whole record; they were never acknowledged"
    )]
    private static partial void LogCut(ILogger logger, string shard, long bytes);

    [LoggerMessage(1306, LogLevel.Warning, "Index shard {Shard} cannot be filled; trying again in 2 s")]
    private static partial void LogRetry(ILogger logger, Exception exception, string shard);

    [LoggerMessage(
        1307,
        LogLevel.Warning,
        "Index shard {Shard} has no new copy in the blob store; another node would read more from the catalogue"
    )]
    private static partial void LogNoCopy(ILogger logger, Exception exception, string shard);
}
