using System.Reflection;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Contracts.Training;
using CxrCluster.Contracts.Workers;
using Orleans;

namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>The cluster as the gateway sees it: grains that answer what a test wants.</summary>
public sealed class FakeGrains
{
    public FakeGrains() => Factory = FactoryProxy.Create(this);

    public IGrainFactory Factory { get; }

    public List<SimilarQuery> Queries { get; } = [];

    public Func<SimilarQuery, SimilarReply> Similar { get; set; } = _ => new SimilarReply([], []);

    /// <summary>By slot id: answers an inference.</summary>
    public Func<string, InferenceRequest, InferenceReply> Infer { get; set; } =
        (_, _) => throw new WorkerUnavailableException("no slot in this test");

    public List<(string Slot, ModelId Model)> Warmed { get; } = [];

    /// <summary>Hints to PACS coordinators, by hospital.</summary>
    public List<(string Hospital, PacsHint Hint)> Hints { get; } = [];

    /// <summary>What a check of a PACS answers.</summary>
    public string? PacsFault { get; set; }

    private sealed class SimilarityGrain(FakeGrains grains) : ISimilarityGrain
    {
        public Task<SimilarReply> Find(SimilarQuery query, CancellationToken cancellationToken)
        {
            grains.Queries.Add(query);
            return Task.FromResult(grains.Similar(query));
        }
    }

    private sealed class ShardGrain : IEmbeddingShardGrain
    {
        public Task Append(IReadOnlyList<IndexedEmbedding> entries, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public Task<ShardReply?> Search(ShardQuery query, CancellationToken cancellationToken) =>
            Task.FromResult<ShardReply?>(new ShardReply([], []));

        public Task<ShardStatus> Status() => Task.FromResult(new ShardStatus("node-1", Ready: true, 3, 99, null));

        public Task Drop() => Task.CompletedTask;
    }

    private sealed class JobGrain : IScoringJobGrain
    {
        public Task EnsureRunning() => Task.CompletedTask;

        public Task Stop() => Task.CompletedTask;
    }

    private sealed class SweepGrain : ISweepGrain
    {
        public Task EnsureRunning() => Task.CompletedTask;
    }

    private sealed class PacsGrain(FakeGrains grains, string hospital) : IPacsSourceGrain
    {
        public Task EnsureRunning() => Task.CompletedTask;

        public Task Restart() => Task.CompletedTask;

        public Task<string?> Check() => Task.FromResult(grains.PacsFault);

        public Task Hint(PacsHint hint)
        {
            grains.Hints.Add((hospital, hint));
            return Task.CompletedTask;
        }
    }

    private sealed class SlotGrain(FakeGrains grains, string slot) : IInferenceSlotGrain
    {
        public Task<InferenceReply> Infer(InferenceRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(grains.Infer(slot, request));

        public Task Warm(ModelId model, CancellationToken cancellationToken)
        {
            grains.Warmed.Add((slot, model));
            return Task.CompletedTask;
        }

        public Task<SlotStatus> Status() => throw new NotSupportedException();
    }

    /// <summary>IGrainFactory has a score of methods; the gateway calls GetGrain of a type and a key.</summary>
    public class FactoryProxy : DispatchProxy
    {
        private FakeGrains _grains = null!;

        public static IGrainFactory Create(FakeGrains grains)
        {
            IGrainFactory factory = Create<IGrainFactory, FactoryProxy>();
            ((FactoryProxy)(object)factory)._grains = grains;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Type grain = targetMethod!.GetGenericArguments().Single();
            return grain == typeof(ISimilarityGrain) ? new SimilarityGrain(_grains)
                : grain == typeof(IEmbeddingShardGrain) ? new ShardGrain()
                : grain == typeof(IPacsSourceGrain) ? new PacsGrain(_grains, (string)args![0]!)
                : grain == typeof(IScoringJobGrain) ? new JobGrain()
                : grain == typeof(ISweepGrain) ? new SweepGrain()
                : grain == typeof(IInferenceSlotGrain) ? new SlotGrain(_grains, (string)args![0]!)
                : throw new NotSupportedException(grain.Name);
        }
    }
}
