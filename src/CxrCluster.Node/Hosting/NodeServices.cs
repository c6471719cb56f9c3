using CxrCluster.Grains;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Maps;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Pacs;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Training;
using CxrCluster.Grains.Workers;
using CxrCluster.Learning.Slots;
using CxrCluster.Storage;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Node.Hosting;

/// <summary>What the grains need and only the host can give: stores, devices, cores, keys.</summary>
internal static class NodeServices
{
    public static IServiceCollection AddNodeServices(this IServiceCollection services, NodeSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCxrStorage(settings.Catalogue, settings.Blobs);
        services.AddSingleton(Options.Create(settings.Scoring));
        services.AddSingleton(_ => new CpuGate(PreprocessThreads(settings)));
        services.AddSingleton(Options.Create(settings.Pacs));
        services.AddSingleton(Options.Create(settings.Index));
        services.AddSingleton(Options.Create(settings.Map));
        services.AddSingleton(_ => settings.Privacy.ToPolicy());
        services.AddSingleton<ShardFolders>(provider =>
            ActivatorUtilities.CreateInstance<ShardFolders>(provider, Path.Combine(settings.Node.DataFolder, "index"))
        );
        services.AddCxrImages(settings.Dicom);
        services.AddSingleton(_ => new Pseudonymiser(PseudonymKeys.Find(settings.Privacy, settings.Node.DataFolder)));
        services.AddSingleton<BundleCache>(provider =>
            ActivatorUtilities.CreateInstance<BundleCache>(provider, Path.Combine(settings.Node.DataFolder, "models"))
        );
        services.AddSingleton<IBundleSource>(provider => provider.GetRequiredService<BundleCache>());
        services.AddSingleton(provider => CreateSlots(provider, settings));
        services.AddTraining(settings);
        if (settings.Node.EffectiveRoles.Contains(NodeRoles.Inference, StringComparer.Ordinal))
            services.AddHostedService<SlotWarmer>();
        if (settings.Node.EffectiveRoles.Contains(NodeRoles.Jobs, StringComparer.Ordinal))
        {
            services.AddHostedService<JobWatchdog>();
            services.AddHostedService<MapKeeping>();
            services.AddHostedService<PacsWatchdog>();
        }
        if (settings.Node.EffectiveRoles.Contains(NodeRoles.Index, StringComparer.Ordinal))
            services.AddHostedService<IndexKeeping>();
        return services;
    }

    private static void AddTraining(this IServiceCollection services, NodeSettings settings)
    {
        string folder = Path.Combine(settings.Node.DataFolder, "training");
        services.AddSingleton<CohortCache>(provider =>
            ActivatorUtilities.CreateInstance<CohortCache>(provider, folder)
        );
        services.TryAddSingleton<ITrainingRuns, ClassifierRuns>();
        services.AddSingleton<SlotTrainers>(provider =>
            ActivatorUtilities.CreateInstance<SlotTrainers>(provider, folder)
        );
        if (settings.Node.EffectiveRoles.Contains(NodeRoles.Training, StringComparer.Ordinal))
            services.AddHostedService<SweepWatchdog>();
    }

    private static int PreprocessThreads(NodeSettings settings) =>
        settings.Node.PreprocessThreads > 0 ? settings.Node.PreprocessThreads : Environment.ProcessorCount;

    private static DeviceSlots CreateSlots(IServiceProvider provider, NodeSettings settings)
    {
        var instruments = provider.GetRequiredService<CxrInstruments>();
        var bundles = provider.GetRequiredService<IBundleSource>();
        var time = provider.GetRequiredService<TimeProvider>();
        IReadOnlyList<string> devices = settings.Node.EffectiveSlots;
        var slots = new List<DeviceSlot>(devices.Count);
        for (int i = 0; i < devices.Count; i++)
        {
            string name = $"{settings.Node.Name}/{i}";
            slots.Add(
                new DeviceSlot(settings.Inference.ForSlot(devices[i], devices.Count), bundles, time)
                {
                    OnBatch = size => instruments.BatchFinished(name, size),
                }
            );
        }
        return new DeviceSlots(slots, instruments);
    }
}
