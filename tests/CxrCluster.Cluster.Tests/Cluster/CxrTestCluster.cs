using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Models;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using CxrCluster.Node.Hosting;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Instances;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using TorchSharp;

namespace CxrCluster.Cluster.Tests.Cluster;

/// <summary>
/// Silos in this process over one SQLite catalogue and one folder of blobs, each with roles of its own, and a small model
/// with random weights. The grains, stores and slots are the real ones.
/// </summary>
public sealed class CxrTestCluster : IAsyncLifetime
{
    /// <summary>Side of the test model's input.</summary>
    public const int Side = 64;

    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-cluster-").FullName;
    private readonly IReadOnlyList<(string Key, string Value)> _more;
    private InProcessTestCluster _cluster = null!;

    /// <summary>With the usual settings.</summary>
    public CxrTestCluster()
        : this([]) { }

    /// <summary>With some settings of its own.</summary>
    internal CxrTestCluster(params IReadOnlyList<(string Key, string Value)> more) => _more = more;

    /// <summary>Roles of the silos that are started at first.</summary>
    public IReadOnlyList<string> RolesBySilo { get; init; } =
    ["jobs,index,gateway", "jobs,index", "preprocess", "preprocess,inference"];

    /// <summary>Registers fakes before the node's own services.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    /// <summary>The model that every silo can load.</summary>
    public ModelId Model { get; private set; }

    /// <summary>Running silos.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>Services of the first silo, which every test leaves alive.</summary>
    public IServiceProvider Services => Of("node-0").ServiceProvider;

    /// <summary>The silo of a node.</summary>
    public InProcessSiloHandle Of(string node) => _cluster.Silos.Single(s => s.IsActive && NodeOf(s.Name) == node);

    /// <summary>A service of the first silo.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Stops a node without a word to the others.</summary>
    public Task KillAsync(string node) => _cluster.KillSiloAsync(Of(node));

    /// <summary>Starts one more node with the roles of the one named by its number modulo the table.</summary>
    public Task<InProcessSiloHandle> StartAnotherAsync() => _cluster.StartAdditionalSiloAsync();

    /// <summary>Admits synthetic images: pure noise with a seed, so that each has content of its own.</summary>
    public Task<IReadOnlyList<InstanceRecord>> AdmitNoiseAsync(HospitalId hospital, int seed, int count) =>
        Get<ImageIntake>()
            .AdmitAsync(
                [
                    .. Enumerable
                        .Range(seed, count)
                        .Select(i => new NewImage(hospital, $"{i}.png", NoiseImage.Png(i), $"patient-{i}")),
                ],
                CancellationToken.None
            );

    /// <summary>Another model: the same networks under another name.</summary>
    public async Task<ModelId> PushAnotherModelAsync() =>
        await Get<ModelRegistry>().PushAsync(WriteBundle("another"), CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)RolesBySilo.Count);
        builder.Options.AssumeHomogenousSilosForTesting = false;
        builder.ConfigureSiloHost(
            (silo, host) =>
            {
                Configure?.Invoke(host.Services);
                host.Services.AddNodeServices(SettingsOf(silo.SiloName));
            }
        );
        builder.ConfigureSilo((silo, orleans) => orleans.AddNode(SettingsOf(silo.SiloName).Node));
        _cluster = builder.Build();
        // The schema must be there before the silos' background services look for work.
        await using (
            ServiceProvider early = new ServiceCollection().AddNodeServices(SettingsOf("Silo_0")).BuildServiceProvider()
        )
            await early.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(CancellationToken.None);
        await _cluster.DeployAsync();
        Model = await Get<ModelRegistry>().PushAsync(WriteBundle("test"), CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ModelBundle WriteBundle(string name)
    {
        using var generator = new torch.Generator(5);
        using var classifier = ClassifierNetwork.Create("resnet34", 16);
        using var segmenter = new UNet(new UNetShape(2, 4));
        Initialisation.Seeded(classifier, generator);
        Initialisation.Seeded(segmenter, generator);
        var draft = new ModelManifest
        {
            Name = name,
            Architecture = "resnet34",
            EmbeddingSize = 16,
            SegmenterShape = new UNetShape(2, 4),
            SegmenterSide = Side,
            Preprocessing = new PreprocessingOptions { Side = Side },
            Precision = Learning.Precision.Float32,
        };
        return ModelBundle.Write(Path.Combine(_folder, "bundle-" + name), draft, classifier, segmenter);
    }

    private NodeSettings SettingsOf(string siloName)
    {
        string node = NodeOf(siloName);
        string roles = RolesBySilo[int.Parse(node.AsSpan(5), null) % RolesBySilo.Count];
        Dictionary<string, string?> settings = EmbeddedSetup.Configuration(_folder);
        settings["Node:Name"] = node;
        settings["Node:DataFolder"] = Path.Combine(_folder, node);
        settings["Privacy:PseudonymKey"] = Convert.ToBase64String(new byte[32]);
        settings["Scoring:Window"] = "8";
        settings["Scoring:CommitBatch"] = "4";
        settings["Inference:Threads"] = "1";
        foreach ((string key, string value) in _more)
            settings[key] = value;
        string[] list = roles.Split(',');
        for (int i = 0; i < list.Length; i++)
            settings[$"Node:Roles:{i}"] = list[i];
        if (list.Contains("inference", StringComparer.Ordinal))
            (settings["Node:Slots:0"], settings["Node:Slots:1"]) = ("cpu", "cpu");
        return NodeSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    /// <summary>"Silo_3" is node-3.</summary>
    private static string NodeOf(string siloName) => "node-" + new string([.. siloName.Where(char.IsAsciiDigit)]);
}
