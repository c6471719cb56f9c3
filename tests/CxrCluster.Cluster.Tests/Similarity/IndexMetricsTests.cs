using System.Diagnostics.Metrics;
using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Telemetry;

namespace CxrCluster.Cluster.Tests.Similarity;

[Collection(SharedCluster.Name)]
public sealed class IndexMetricsTests(CxrTestCluster cluster)
{
    private static readonly HospitalId Hospital = new("metrics");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LookAfter_FilledIndex_GaugesHaveItsSizeAndNoUnreadyShard()
    {
        var cohort = new IndexedCohort(cluster, Hospital);
        await cohort.AddAsync(7, Token);
        await cohort.FindAsync(cohort.Ask(cohort.Query(), 1, TimeSpan.FromMinutes(2)), Token); // waits until it is ready
        await cluster.Get<IGrainFactory>().GetGrain<IIndexKeeperGrain>(0).LookAfter(Token);

        var gauges = Read();

        Assert.Equal(7, gauges["cxr.index.embeddings"]);
        Assert.Equal(0, gauges["cxr.index.shards.unready"]);
    }

    /// <summary>The hospital's gauges of whichever silo has the keeper.</summary>
    private static Dictionary<string, int> Read()
    {
        var gauges = new Dictionary<string, int>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (
                instrument.Meter.Name == CxrInstruments.MeterName
                && instrument.Name.StartsWith("cxr.index.", StringComparison.Ordinal)
            )
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>(
            (instrument, value, tags, _) =>
            {
                foreach (var tag in tags)
                    if (tag is { Key: "hospital", Value: string hospital } && hospital == Hospital.Value)
                        gauges.Add(instrument.Name, value);
            }
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return gauges;
    }
}
