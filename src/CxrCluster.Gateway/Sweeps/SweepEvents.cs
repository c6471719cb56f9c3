using System.Net.ServerSentEvents;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Gateway.Http;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>Follows a sweep.</summary>
internal sealed class SweepEvents(ISweepStore sweeps, CatalogueEvents events)
{
    /// <summary>Its states, until it ends.</summary>
    public IAsyncEnumerable<SseItem<SweepView>> WatchAsync(SweepId id, CancellationToken cancellationToken) =>
        events.WatchAsync(
            async token => await sweeps.ReadProgressAsync(id, token) is { } sweep ? SweepView.From(sweep) : null,
            (now, last) => Digest(now) == Digest(last),
            sweep => sweep.State is SweepState.Done or SweepState.Failed or SweepState.Cancelled,
            cancellationToken
        );

    /// <summary>Differs whenever there is something new to tell.</summary>
    private static string Digest(SweepView sweep) =>
        $"{sweep.State} "
        + string.Join(
            ' ',
            sweep.Runs!.Select(r => $"{r.Architecture} {r.Split} {r.State} {r.Slot} {r.EpochsDone} {r.Step} {r.Reason}")
        );
}
