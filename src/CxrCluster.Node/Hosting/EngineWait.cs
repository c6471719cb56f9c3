using CxrCluster.Contracts.Faults;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Node.Hosting;

/// <summary>Waits for catalogue and blob store: nodes and engines may be started in any order.</summary>
internal static partial class EngineWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Creates the catalogue's schema and checks the blob store.</summary>
    /// <exception cref="NodeStartException">They did not answer before the deadline.</exception>
    public static async Task UntilReadyAsync(
        IServiceProvider services,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EngineWait));
        var catalogue = services.GetRequiredService<ICatalogueInitializer>();
        var blobs = services.GetRequiredService<IBlobStore>();
        await UntilAsync("catalogue", catalogue.EnsureCreatedAsync, deadline, time, logger, cancellationToken);
        await UntilAsync("blob store", blobs.CheckAsync, deadline, time, logger, cancellationToken);
    }

    private static async Task UntilAsync(
        string engine,
        Func<CancellationToken, Task> attempt,
        TimeSpan deadline,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await attempt(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && Unreachable(exception))
            {
                if (time.GetElapsedTime(started) > deadline)
                    throw new NodeStartException(
                        $"The {engine} did not answer within {deadline.TotalSeconds:F0} s: {exception.Message}",
                        exception
                    );
                LogWaiting(logger, engine, exception.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static bool Unreachable(Exception exception) => exception is StorageUnavailableException;

    [LoggerMessage(1401, LogLevel.Warning, "Waiting for the {Engine}: {Cause}")]
    private static partial void LogWaiting(ILogger logger, string engine, string cause);
}
