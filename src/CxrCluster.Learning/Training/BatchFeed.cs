using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Augmentation;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Reads and augments a training's batches on a thread of its own, a few ahead of the computing thread, in an order that
/// depends on the seed only.
/// </summary>
internal sealed class BatchFeed : IDisposable
{
    /// <summary>Batches kept ready: enough to ride out an image that takes longer, little enough for squares of 1024.</summary>
    private const int Ahead = 3;

    private readonly BlockingCollection<TrainingBatch> _ready = new(Ahead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts with the first batch of an epoch.</summary>
    /// <param name="samples">The names of the samples, which augmentation is drawn by, and how to read each.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="firstEpoch">From 1; runs to the options' last.</param>
    public BatchFeed(
        IReadOnlyList<(string Name, Func<(SquareImage, SquareImage)> Read)> samples,
        TrainingOptions options,
        int firstEpoch
    )
    {
        _thread = new Thread(() => Produce(samples, options, firstEpoch))
        {
            IsBackground = true,
            Name = "training batches",
        };
        _thread.Start();
    }

    /// <summary>The next batch; waits for it when it is not ready.</summary>
    /// <exception cref="InvalidOperationException">All epochs have been fetched.</exception>
    public TrainingBatch Next(CancellationToken ct)
    {
        if (_ready.TryTake(out var batch, Timeout.Infinite, ct))
        {
            return batch;
        }

        _failure?.Throw();
        throw new InvalidOperationException("There are no more batches: all epochs have been fetched.");
    }

    /// <summary>The samples of an epoch in its order, cut into the fewest batches of at most <paramref name="size"/>, as equal as can be.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Batches(int seed, int epoch, int samples, int size)
    {
        var order = new CounterRandom(seed, epoch, "order of the images").Permutation(samples);
        var count = (samples + size - 1) / size;
        return [.. Enumerable.Range(0, count).Select(i => order[(samples * i / count)..(samples * (i + 1) / count)])];
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Produce(
        IReadOnlyList<(string Name, Func<(SquareImage, SquareImage)> Read)> samples,
        TrainingOptions options,
        int firstEpoch
    )
    {
        try
        {
            var augmenter = new Augmenter(options.Augmentation);
            for (var epoch = firstEpoch; epoch <= options.Epochs; epoch++)
            {
                var batches = Batches(options.Seed, epoch, samples.Count, options.BatchSize);
                for (var step = 0; step < batches.Count; step++)
                {
                    var squares = batches[step]
                        .Select(i => Augmented(samples[i].Name, samples[i].Read, epoch))
                        .ToList();
                    _ready.Add(new(epoch, step + 1, batches.Count, batches[step], squares), _stop.Token);
                }
            }

            (SquareImage, SquareImage) Augmented(string name, Func<(SquareImage, SquareImage)> read, int epoch)
            {
                _stop.Token.ThrowIfCancellationRequested();
                var (image, map) = read();
                return Augmenter.Apply(image, map, augmenter.Plan(options.Seed, epoch, name));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: nobody waits.
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure); // thrown by Next, on the thread that wants the batch
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
