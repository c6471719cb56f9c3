using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using TorchSharp;

namespace CxrCluster.Learning.Slots;

/// <summary>
/// One device: a dedicated thread behind a bounded queue, which runs what waits in batches. Tensors and dispose scopes
/// live on that thread only. A batch that fails fails its own requests and nothing else. Between batches the thread does
/// stepwise work, such as training: see <see cref="RunStepsAsync"/>.
/// </summary>
public sealed class DeviceSlot : IAsyncDisposable
{
    private readonly SlotOptions _options;
    private readonly SlotQueue _queue;
    private readonly LoadedModels _models;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _images;
    private long _batches;
    private long _steps;

    /// <summary>Starts the slot's thread.</summary>
    /// <param name="options">Validated here.</param>
    /// <param name="bundles">Finds models.</param>
    /// <param name="timeProvider">Times the batching delay; the system's by default.</param>
    /// <param name="makeEngine">Makes the engine of a bundle, on the slot's thread; <see cref="InferenceEngine" /> by default.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public DeviceSlot(
        SlotOptions options,
        IBundleSource bundles,
        TimeProvider? timeProvider = null,
        Func<ModelBundle, IInferenceEngine>? makeEngine = null
    )
    {
        if (options.Validate().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        TimeProvider time = _time = timeProvider ?? TimeProvider.System;
        EngineOptions engine = new() { Device = options.Device, Precision = options.Precision };
        _queue = new SlotQueue(options, time);
        _models = new LoadedModels(
            bundles,
            makeEngine ?? (bundle => new InferenceEngine(bundle, engine, time)),
            options.MaxLoadedModels,
            options.MaxBatch
        );
        new Thread(Run) { IsBackground = true, Name = $"slot {options.Device}" }.Start();
    }

    /// <summary>Called on the slot's thread with the size of every batch before it runs.</summary>
    public Action<int>? OnBatch { get; init; }

    /// <summary>Scores one image, batched with others that wait. Cancelling removes it from the queue.</summary>
    /// <exception cref="SlotBusyException">The queue is full.</exception>
    /// <exception cref="SlotStoppedException">The slot is stopping.</exception>
    public async Task<Inference.Inference> InferAsync(SlotRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingInference pending = _queue.Add(request);
        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                _queue.Remove(pending);
                pending.Cancel(token);
            },
            null
        );
        return await pending.Answer;
    }

    /// <summary>Loads the model and runs it, so that the first image does not wait for it. Goes before waiting images.</summary>
    /// <exception cref="SlotStoppedException">The slot is stopping.</exception>
    public async Task WarmAsync(string model, CancellationToken cancellationToken) =>
        await _queue.AddWarmUp(model).Done.WaitAsync(cancellationToken);

    /// <summary>
    /// Does work step by step on the slot's thread, beside scoring: images for which somebody waits go before every step;
    /// bulk images too, but for the share of <see cref="SlotOptions.TrainingShare"/>. Several works take turns. Cancelling
    /// ends the work before its next step; a step that runs is told and may end itself.
    /// </summary>
    /// <returns>Ends when a step says that it was the last, or as the step that threw.</returns>
    /// <exception cref="SlotStoppedException">The slot is stopping.</exception>
    public Task RunStepsAsync(StepwiseWork work, CancellationToken cancellationToken) =>
        _queue.AddSteps(work, cancellationToken).Done;

    /// <summary>Queue, counters and loaded models.</summary>
    public SlotSnapshot Snapshot() =>
        new(
            _options.Device,
            _queue.Count,
            _options.QueueCapacity,
            Interlocked.Read(ref _images),
            Interlocked.Read(ref _batches),
            _models.Names,
            _queue.StepwiseCount,
            Interlocked.Read(ref _steps)
        );

    /// <summary>
    /// Stops: the batch that runs is answered, everything that waits is refused with <see cref="SlotStoppedException" />.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stopping.CancelAsync();
        await _stopped.Task;
    }

    private void Run()
    {
        // first of all: it acts on this thread and on those that the library starts from it
        int threads = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;
        torch.set_num_threads(threads);
        while (_queue.Take() is { } work)
            try
            {
                if (work.Steps is { } steps)
                {
                    RunStep(steps, threads);
                    continue;
                }
                IInferenceEngine engine = _models.Get(work.Model, _stopping.Token);
                work.WarmUp?.Succeed();
                if (work.Batch.Count > 0)
                    RunBatch(engine, work.Batch);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                work.Fail(new SlotStoppedException(_options.Device));
            }
            catch (Exception error)
            {
                work.Fail(error);
            }
        _models.Dispose();
        _queue.Dispose();
        _stopped.SetResult();
    }

    private void RunBatch(IInferenceEngine engine, IReadOnlyList<PendingInference> batch)
    {
        long started = _time.GetTimestamp();
        Interlocked.Increment(ref _batches);
        OnBatch?.Invoke(batch.Count);
        IReadOnlyList<Inference.Inference> answers = engine.Infer(
            [.. batch.Select(pending => pending.Image)],
            batch.Any(pending => pending.WantLungMap),
            batch.Any(pending => pending.WantHeatMap)
        );
        Interlocked.Add(ref _images, answers.Count);
        _queue.BatchEnded(batch, _time.GetElapsedTime(started));
        foreach ((PendingInference pending, Inference.Inference answer) in batch.Zip(answers))
            pending.Succeed(answer);
    }

    /// <summary>A step computes on its work's number of threads, whatever the slot's is.</summary>
    private void RunStep(PendingSteps steps, int threads)
    {
        long started = _time.GetTimestamp();
        bool more = false;
        bool comes = true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(steps.CancellationToken, _stopping.Token);
        try
        {
            stop.Token.ThrowIfCancellationRequested();
            torch.set_num_threads(steps.Work.Threads);
            more = steps.Work.Step(stop.Token);
            Interlocked.Increment(ref _steps);
        }
        finally
        {
            torch.set_num_threads(threads);
            comes = _queue.StepEnded(steps, _time.GetElapsedTime(started), more);
        }
        if (!comes)
            steps.Fail(new SlotStoppedException(_options.Device));
        else if (!more)
            steps.Succeed();
    }
}
