using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Models;
using CxrCluster.Learning.Bundles;
using CxrCluster.Node;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Models;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Cli.Scoring;

/// <summary>A whole cluster in this process over one data folder, as commands use it.</summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly CliContext _context;
    private readonly LocalCluster _cluster;

    private EmbeddedCluster(CliContext context, LocalCluster cluster) => (_context, _cluster) = (context, cluster);

    /// <summary>The one node.</summary>
    public CxrNode Node => _cluster.Node;

    /// <summary>Starts it. Jobs that an earlier process left in the folder are cancelled: the command at hand replaces them.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="dataFolder">Where catalogue and blobs lie.</param>
    /// <param name="settings">Settings beyond the usual ones; they win.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<EmbeddedCluster> StartAsync(
        CliContext context,
        string dataFolder,
        IReadOnlyDictionary<string, string?> settings,
        CancellationToken cancellationToken
    )
    {
        var cluster = new EmbeddedCluster(
            context,
            await StartNodeAsync(context, dataFolder, settings, cancellationToken)
        );
        try
        {
            await cluster.CancelInterruptedJobsAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A service of the node.</summary>
    public T Get<T>()
        where T : notnull => Node.Services.GetRequiredService<T>();

    /// <summary>Makes sure that the cluster has the bundle.</summary>
    public async Task<ModelId> PushAsync(ModelBundle bundle, CancellationToken cancellationToken)
    {
        var id = new ModelId(bundle.Manifest.Name, bundle.Manifest.Version);
        return await Get<IModelStore>().FindAsync(id, cancellationToken) is null
            ? await Get<ModelRegistry>().PushAsync(bundle, cancellationToken)
            : id;
    }

    /// <summary>One result per input, in order, each as soon as all before it are known.</summary>
    public IAsyncEnumerable<ScoredInput> ScoreAsync(
        ModelId model,
        IReadOnlyList<ImageInput> inputs,
        CancellationToken cancellationToken
    )
    {
        _context.HowToGoOn ??= "Run the same command again: what was scored is kept and is not scored again.";
        var run = new ScoringRun(
            Get<ImageIntake>(),
            Get<ScoringJobs>(),
            Get<IJobStore>(),
            _context.Terminal,
            _context.Time
        );
        return run.ScoreAsync(model, inputs, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static async Task<LocalCluster> StartNodeAsync(
        CliContext context,
        string dataFolder,
        IReadOnlyDictionary<string, string?> settings,
        CancellationToken cancellationToken
    )
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Node:Url"] = "http://127.0.0.1:0", // any free port: nobody is told about it
            ["Logging:LogLevel:Default"] = context.Debug ? "Information" : "Error", // results carry their own reasons
        };
        foreach ((string key, string? value) in settings)
            all[key] = value;
        try
        {
            return await LocalCluster.StartAsync(dataFolder, all, cancellationToken);
        }
        catch (NodeStartException exception)
        {
            throw new CommandException(ExitCodes.WrongUsage, exception.Message, exception);
        }
    }

    private async Task CancelInterruptedJobsAsync(CancellationToken cancellationToken)
    {
        var running = await Get<IJobStore>().ListRunningAsync(cancellationToken);
        foreach (JobId job in running.Select(r => r.Job).Distinct())
        {
            await Get<ScoringJobs>().CancelAsync(job, cancellationToken);
            _context.Terminal.Note($"Cancelled job {job}, which an earlier run left unfinished; its results are kept.");
        }
    }
}
