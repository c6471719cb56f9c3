using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;

namespace CxrCluster.Learning.Slots;

/// <summary>The models that a slot keeps warm, most recently used first. All but <see cref="Names" /> is for its thread.</summary>
internal sealed class LoadedModels(
    IBundleSource bundles,
    Func<ModelBundle, IInferenceEngine> makeEngine,
    int maxLoaded,
    int maxBatch
) : IDisposable
{
    private readonly LinkedList<(string Model, IInferenceEngine Engine)> _loaded = new();
    private volatile IReadOnlyList<string> _names = [];

    /// <summary>Most recently used first; safe to read from any thread.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// The model's engine, loaded and warmed if need be. The bundle is found before another model makes room for it, so
    /// that asking for a model that does not exist costs nobody a warm one.
    /// </summary>
    public IInferenceEngine Get(string model, CancellationToken cancellationToken)
    {
        (string Model, IInferenceEngine Engine) entry = _loaded.FirstOrDefault(loaded => loaded.Model == model);
        if (entry.Engine is null)
        {
            ModelBundle bundle = bundles.GetAsync(model, cancellationToken).GetAwaiter().GetResult();
            while (_loaded.Count >= maxLoaded)
                Evict();
            entry = (model, MakeWarm(bundle));
        }
        _loaded.Remove(entry);
        _loaded.AddFirst(entry);
        Publish();
        return entry.Engine;
    }

    public void Dispose()
    {
        while (_loaded.Count > 0)
            Evict();
    }

    private IInferenceEngine MakeWarm(ModelBundle bundle)
    {
        IInferenceEngine engine = makeEngine(bundle);
        try
        {
            engine.Warm(maxBatch);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private void Evict()
    {
        IInferenceEngine engine = _loaded.Last!.Value.Engine;
        _loaded.RemoveLast();
        Publish();
        engine.Dispose();
    }

    private void Publish() => _names = [.. _loaded.Select(loaded => loaded.Model)];
}
