using System.Collections.Concurrent;
using System.Threading.Channels;
using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Slots;
using CxrCluster.Learning.Tests.Bundles;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Slots;

/// <summary>A batch that has reached an engine and waits there until the test lets it go.</summary>
internal sealed class FakeBatch(string model, IReadOnlyList<SquareImage> images)
{
    private readonly TaskCompletionSource<Exception?> _outcome = new();

    public string Model => model;

    /// <summary>What <see cref="FakeEngines.Image" /> marked them with.</summary>
    public IReadOnlyList<int> Marks { get; } = [.. images.Select(image => (int)image.Pixels[0])];

    public void Release() => _outcome.TrySetResult(null);

    public void Throw(Exception error) => _outcome.TrySetResult(error);

    public Exception? Outcome() => _outcome.Task.GetAwaiter().GetResult();
}

/// <summary>Engines and bundles without networks: the test sees every batch and decides when and how it ends.</summary>
internal sealed class FakeEngines : IBundleSource
{
    private readonly ConcurrentQueue<FakeBatch> _all = new();
    private readonly Channel<FakeBatch> _batches = Channel.CreateUnbounded<FakeBatch>();

    /// <summary>Whether batches end without being released.</summary>
    public bool RunFreely { get; set; }

    /// <summary>Replaces the bundle of a model.</summary>
    public Func<string, CancellationToken, Task<ModelBundle>>? OnGet { get; set; }

    /// <summary>Called when a model is warmed.</summary>
    public Action<string>? OnWarm { get; set; }

    /// <summary>Called on the slot's thread when a batch has reached its engine.</summary>
    public Action? OnInfer { get; set; }

    public List<string> Log { get; } = [];

    public HashSet<int> ThreadIds { get; } = [];

    public int TorchThreads { get; private set; }

    /// <summary>An image that its batch and its answer can be told by.</summary>
    public static SquareImage Image(int mark, int side = 1) =>
        new(side, [.. Enumerable.Repeat((byte)mark, side * side)]);

    public ValueTask<FakeBatch> NextAsync() => _batches.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<ModelBundle> GetAsync(string model, CancellationToken cancellationToken)
    {
        Record($"get {model}");
        return OnGet?.Invoke(model, cancellationToken) ?? Task.FromResult(Bundle(model));
    }

    public static ModelBundle Bundle(string model) => new("", SmallModel.Draft with { Name = model });

    public IInferenceEngine Make(ModelBundle bundle) => new Engine(this, bundle.Manifest.Name);

    /// <summary>Lets everything go, so that a failing test ends instead of waiting for its slot.</summary>
    public void ReleaseAll()
    {
        RunFreely = true;
        foreach (FakeBatch batch in _all)
            batch.Release();
    }

    private void Record(string entry)
    {
        lock (Log)
            Log.Add(entry);
    }

    private sealed class Engine(FakeEngines owner, string model) : IInferenceEngine
    {
        public void Warm(int maxBatch)
        {
            owner.Record($"warm {model}");
            owner.OnWarm?.Invoke(model);
        }

        public IReadOnlyList<Learning.Inference.Inference> Infer(
            IReadOnlyList<SquareImage> images,
            bool wantLungMaps,
            bool wantHeatMaps
        )
        {
            owner.ThreadIds.Add(Environment.CurrentManagedThreadId);
            owner.TorchThreads = torch.get_num_threads();
            owner.OnInfer?.Invoke();
            FakeBatch batch = new(model, images);
            owner._all.Enqueue(batch);
            owner._batches.Writer.TryWrite(batch);
            if (!owner.RunFreely && batch.Outcome() is { } error)
                throw error;
            return
            [
                .. images.Select(image => new Learning.Inference.Inference(
                    image.Pixels[0] / 255.0,
                    0,
                    [],
                    wantLungMaps ? image : null,
                    wantHeatMaps ? image : null
                )),
            ];
        }

        public void Dispose() => owner.Record($"dispose {model}");
    }
}
