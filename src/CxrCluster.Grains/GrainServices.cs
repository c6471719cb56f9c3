using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Maps;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Pacs;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Scoring;
using CxrCluster.Grains.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Training;
using CxrCluster.Grains.Workers;
using CxrCluster.Imaging.Eligibility;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Placement;

namespace CxrCluster.Grains;

/// <summary>Registers what the grains need.</summary>
public static class GrainServices
{
    /// <summary>
    /// Placement, pipeline, jobs, similarity, training. The host adds what depends on its configuration: stores,
    /// TimeProvider, <see cref="DeviceSlots"/>, <see cref="SlotTrainers"/>, <see cref="ImageServices"/>,
    /// <see cref="CpuGate"/>, <see cref="BundleCache"/>, <see cref="Pseudonymiser"/>, options.
    /// </summary>
    public static ISiloBuilder AddCxrGrains(this ISiloBuilder silo)
    {
        IServiceCollection services = silo.Services;
        services.AddPlacementDirector<NodePinnedPlacement, NodePinnedDirector>();
        services.AddPlacementDirector<RendezvousPlacement, RendezvousDirector>();
        services.AddPlacementFilter<RequireRoleFilter, RequireRoleDirector>(ServiceLifetime.Singleton);
        services.AddSingleton<CxrInstruments>();
        services.AddSingleton<IWorkerDirectory, MembershipWorkerDirectory>();
        services.AddSingleton<ScoringPipeline>();
        services.AddSingleton<IScoringPipeline>(provider => provider.GetRequiredService<ScoringPipeline>());
        services.AddSingleton<IExplainer>(provider => provider.GetRequiredService<ScoringPipeline>());
        services.AddSingleton<RectangularArtifactDetector>();
        services.AddSingleton<ImagePreprocessor>();
        services.AddSingleton<ModelManifests>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ImageIntake>();
        services.AddSingleton<IndexLayouts>();
        services.AddSingleton<ShardFill>();
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton<EmbeddingFeed>();
        services.AddSingleton<EmbeddingMaps>();
        services.AddSingleton<MapMaker>();
        services.AddSingleton<ResultCommitter>();
        services.AddSingleton<JobRun>();
        services.AddSingleton<ScoringJobs>();
        services.AddSingleton<TrainingInstruments>();
        services.AddSingleton<SlotLeases>();
        services.AddSingleton<SweepCoordinator>();
        services.AddSingleton<TrainingSweeps>();
        services.AddSingleton<IPacsClients, PacsClients>();
        services.AddSingleton<PacsSweeper>();
        services.AddSingleton<PacsFetcher>();
        services.AddSingleton<PacsScorer>();
        services.AddSingleton<PacsRun>();
        return silo;
    }
}
