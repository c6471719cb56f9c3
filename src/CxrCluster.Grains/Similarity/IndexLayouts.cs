using System.Collections.Concurrent;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Indexes;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Similarity;

/// <summary>
/// The layouts as this process knows them: read from the catalogue, remembered for a moment. A change of layout waits longer
/// than that before and after it, so that nobody asks or feeds by what has changed.
/// </summary>
public sealed class IndexLayouts(IIndexStore store, IOptions<IndexOptions> options, TimeProvider time)
{
    /// <summary>How old what is known may be.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private volatile Hospitals? _hospitals;
    private readonly ConcurrentDictionary<(HospitalId, ModelId), Known> _known = new();

    /// <summary>The layout that queries ask; null when the hospital has no embeddings under the model.</summary>
    public async Task<IndexLayout?> ServingAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    ) =>
        (await ReadAsync(hospital, model, cancellationToken)).FirstOrDefault(layout =>
            layout.State == LayoutState.Serving
        );

    /// <summary>
    /// The layouts that take embeddings; the first is made here. A retired one takes them as long as queries may still ask
    /// it, and no longer: it must have been left alone for a while when it is dropped, or an append would bring it back.
    /// </summary>
    public async Task<IReadOnlyList<IndexLayout>> TakingAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<IndexLayout> layouts = await ReadAsync(hospital, model, cancellationToken);
        if (layouts.Count == 0)
        {
            var counts = await store.CountEmbeddingsAsync(model, cancellationToken);
            int parts = PartsFor(counts.GetValueOrDefault(hospital));
            await store.CreateFirstAsync(hospital, model, parts, cancellationToken);
            _known.TryRemove((hospital, model), out _);
            layouts = await ReadAsync(hospital, model, cancellationToken);
        }
        DateTimeOffset asked = time.GetUtcNow() - options.Value.Grace / 2;
        return [.. layouts.Where(layout => layout.State != LayoutState.Retired || layout.ChangedAt > asked)];
    }

    /// <summary>Hospitals that have embeddings under the model.</summary>
    public async Task<IReadOnlyList<HospitalId>> HospitalsAsync(ModelId model, CancellationToken cancellationToken)
    {
        if (_hospitals is not { } known || known.Model != model || time.GetElapsedTime(known.At) >= Remembered)
        {
            long at = time.GetTimestamp();
            var all = await store.ListLayoutsAsync(cancellationToken);
            known = new Hospitals(model, [.. all.Where(l => l.Model == model).Select(l => l.Hospital).Distinct()], at);
            _hospitals = known;
        }
        return known.Names;
    }

    /// <summary>How many parts keep every shard well below its limit: a power of two, with a quarter of room.</summary>
    public int PartsFor(int embeddings)
    {
        int parts = 1;
        while (embeddings > 0.75 * parts * options.Value.ShardLimit)
            parts *= 2;
        return parts;
    }

    private async Task<IReadOnlyList<IndexLayout>> ReadAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        if (_known.TryGetValue((hospital, model), out Known? known) && time.GetElapsedTime(known.At) < Remembered)
            return known.Layouts;
        // from before the question: what changes during it counts as changed after
        long at = time.GetTimestamp();
        var layouts = await store.ReadLayoutsAsync(hospital, model, cancellationToken);
        _known[(hospital, model)] = new Known(layouts, at);
        return layouts;
    }

    private sealed record Hospitals(ModelId Model, IReadOnlyList<HospitalId> Names, long At);

    private sealed record Known(IReadOnlyList<IndexLayout> Layouts, long At);
}
