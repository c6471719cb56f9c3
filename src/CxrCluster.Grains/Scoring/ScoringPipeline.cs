using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Workers;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Workers;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Scoring;

/// <summary>Routes images from this silo to the cluster's workers.</summary>
public sealed partial class ScoringPipeline : IScoringPipeline, IExplainer
{
    private readonly IGrainFactory _grains;
    private readonly ScoringOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ScoringPipeline> _logger;
    private readonly WorkerCalls<NodeName> _preprocessors;
    private readonly WorkerCalls<SlotId> _slots;

    /// <summary>One per process: it remembers which workers fail.</summary>
    public ScoringPipeline(
        IGrainFactory grains,
        IWorkerDirectory directory,
        IOptions<ScoringOptions> options,
        CxrInstruments instruments,
        TimeProvider time,
        ILogger<ScoringPipeline> logger
    )
    {
        _grains = grains;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _preprocessors = new(
            "preprocess",
            new WorkerPool<NodeName>(
                () => [.. NodesWith(directory, NodeRoles.Preprocess).Select(n => n.Name)],
                time,
                Random.Shared
            ),
            name => Incarnation(directory, name),
            _options,
            instruments,
            time,
            logger
        );
        _slots = new(
            "infer",
            new WorkerPool<SlotId>(() => [.. SlotsOf(NodesWith(directory, NodeRoles.Inference))], time, Random.Shared),
            slot => Incarnation(directory, slot.Node),
            _options,
            instruments,
            time,
            logger
        );
    }

    /// <inheritdoc />
    public async Task<ImageScore> ScoreAsync(
        ImageSource image,
        ModelId model,
        ScoringPriority priority,
        CancellationToken cancellationToken
    )
    {
        long started = _time.GetTimestamp();
        double Elapsed() => _time.GetElapsedTime(started).TotalMilliseconds;
        if (Views.IsLateral(image.View))
            return ImageScore.Excluded(Lateral(image), Elapsed());
        TimeSpan patience = priority == ScoringPriority.Bulk ? _options.BulkPatience : _options.InteractivePatience;
        // Somebody who waits does not queue behind a job here: the slot's own queue puts him first.
        int mostCalls = priority == ScoringPriority.Bulk ? _options.CallsPerWorker : int.MaxValue;
        var losses = new HashSet<SiloAddress>();
        try
        {
            PreprocessReply square = await PrepareAsync(image, model, mostCalls, patience, losses, cancellationToken);
            if (square.Refusal is { } refusal)
                return new ImageScore
                {
                    Outcome = refusal,
                    Reason = square.Reason,
                    Milliseconds = Elapsed(),
                };

            var inference = new InferenceRequest(model, square.Side, square.Pixels, priority);
            InferenceReply reply = await InferAsync(inference, mostCalls, patience, losses, cancellationToken);
            return Scored(image, reply, Elapsed());
        }
        catch (Exception exception) when (exception is WorkerUnavailableException or ModelUnavailableException)
        {
            return ImageScore.Failed(new Reason(ReasonCodes.Unavailable, exception.Message), Elapsed());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogDefect(_logger, exception, model.ToString());
            return ImageScore.Failed(Defect(image, exception), Elapsed());
        }
    }

    /// <inheritdoc />
    public async Task<Explanation?> ExplainAsync(ImageSource image, ModelId model, CancellationToken cancellationToken)
    {
        (int calls, TimeSpan patience) = (_options.CallsPerWorker, _options.BulkPatience);
        var losses = new HashSet<SiloAddress>();
        PreprocessReply square = await PrepareAsync(image, model, calls, patience, losses, cancellationToken);
        if (square.Refusal is not null)
            return null;
        var request = new InferenceRequest(
            model,
            square.Side,
            square.Pixels,
            ScoringPriority.Bulk,
            WantLungMap: true,
            WantHeatMap: true
        );
        InferenceReply reply = await InferAsync(request, calls, patience, losses, cancellationToken);
        return reply is { HeatMap: { } heat, LungMap: { } lungs }
            ? new Explanation(Square(square.Pixels), Square(heat), Square(lungs))
            : throw new WorkerUnavailableException(
                $"{image.Name}: the slot made no heat map; a node of an older version runs. Bring all nodes to this one."
            );

        SquareImage Square(byte[] pixels) => new(square.Side, pixels);
    }

    private Task<PreprocessReply> PrepareAsync(
        ImageSource image,
        ModelId model,
        int mostCalls,
        TimeSpan patience,
        HashSet<SiloAddress> losses,
        CancellationToken cancellationToken
    )
    {
        var request = new PreprocessRequest(image, model);
        return _preprocessors.CallAsync(
            (node, token) => _grains.GetGrain<IPreprocessGrain>(node.Value).Preprocess(request, token),
            mostCalls,
            patience,
            losses,
            cancellationToken
        );
    }

    private Task<InferenceReply> InferAsync(
        InferenceRequest request,
        int mostCalls,
        TimeSpan patience,
        HashSet<SiloAddress> losses,
        CancellationToken cancellationToken
    ) =>
        _slots.CallAsync(
            (slot, token) => _grains.GetGrain<IInferenceSlotGrain>(slot.ToString()).Infer(request, token),
            mostCalls,
            patience,
            losses,
            cancellationToken
        );

    private static ImageScore Scored(ImageSource image, InferenceReply reply, double milliseconds)
    {
        if (!double.IsFinite(reply.Probability) || reply.Embedding.Any(x => !float.IsFinite(x)))
            return ImageScore.Failed(
                new Reason(
                    ReasonCodes.InvalidOutput,
                    $"{image.Name}: the network gave no finite number. Check the model with 'cxr evaluate' before scoring on."
                ),
                milliseconds
            );
        return new ImageScore
        {
            Outcome = ImageOutcome.Scored,
            Probability = reply.Probability,
            Threshold = reply.Threshold,
            LungFraction = reply.LungFraction,
            Embedding = reply.Embedding,
            Milliseconds = milliseconds,
        };
    }

    private static Reason Defect(ImageSource image, Exception exception) =>
        new(
            ReasonCodes.Defect,
            $"{image.Name}: an error in the program ({exception.GetType().Name}). Look into the log of the nodes, then retry the image."
        );

    private static Reason Lateral(ImageSource image) =>
        new(
            ReasonCodes.LateralView,
            $"{image.Name}: the view is '{image.View}'; the method is for frontal chest X-rays. Score the AP or PA image of the study."
        );

    private static IEnumerable<WorkerNode> NodesWith(IWorkerDirectory directory, string role) =>
        directory.LiveNodes().Where(n => n.Roles.Contains(role, StringComparer.Ordinal));

    private static IEnumerable<SlotId> SlotsOf(IEnumerable<WorkerNode> nodes) =>
        nodes.SelectMany(n => Enumerable.Range(0, n.Slots).Select(i => new SlotId(n.Name, i)));

    private static SiloAddress? Incarnation(IWorkerDirectory directory, NodeName name) =>
        directory.LiveNodes().FirstOrDefault(n => n.Name == name)?.Silo;

    [LoggerMessage(1002, LogLevel.Error, "An image could not be scored with model {Model}: an error in the program")]
    private static partial void LogDefect(ILogger logger, Exception exception, string model);
}
