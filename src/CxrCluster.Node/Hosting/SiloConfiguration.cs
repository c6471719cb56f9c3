using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CxrCluster.Grains;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Scoring;
using CxrCluster.Node.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace CxrCluster.Node.Hosting;

/// <summary>The Orleans side of a node.</summary>
internal static class SiloConfiguration
{
    private const string ServiceId = "cxr";

    /// <summary>Membership, endpoints, metadata and grains.</summary>
    public static void Configure(
        this ISiloBuilder silo,
        NodeOptions node,
        Configuration.ClusterOptions cluster,
        ScoringOptions scoring
    )
    {
        int port = cluster.SiloPort != 0 ? cluster.SiloPort : FreePort();
        if (cluster.Provider == ClusterProvider.Redis)
            silo.UseRedisClustering(cluster.ConnectionString);
        else
            // The primary of a one-silo cluster is the silo itself; nobody else connects.
            silo.UseLocalhostClustering(port, FreePort(), null, ServiceId, cluster.ClusterId);
        silo.Configure<Orleans.Configuration.ClusterOptions>(options =>
        {
            options.ServiceId = ServiceId;
            options.ClusterId = cluster.ClusterId;
        });
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Parse(cluster.AdvertisedAddress);
            options.SiloPort = port;
            options.GatewayPort = 0; // the HTTP gateway is co-hosted: no external Orleans clients
        });
        silo.Configure<SiloOptions>(options => options.SiloName = node.Name);
        silo.Configure<SiloMessagingOptions>(options =>
            options.ResponseTimeout = scoring.CallTimeout + TimeSpan.FromSeconds(15)
        );
        silo.AddNode(node);
    }

    /// <summary>What makes a silo this node, whatever the cluster: its metadata, its grains, how it watches the others.</summary>
    public static void AddNode(this ISiloBuilder silo, NodeOptions node)
    {
        silo.UseSiloMetadata(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [SiloMetadataKeys.Node] = node.Name,
                [SiloMetadataKeys.Roles] = string.Join(',', node.EffectiveRoles),
                [SiloMetadataKeys.Slots] = node.EffectiveSlots.Count.ToString(CultureInfo.InvariantCulture),
            }
        );
        silo.Configure<ClusterMembershipOptions>(DetectFailuresFast);
        silo.AddCxrGrains();
    }

    /// <summary>
    /// A killed process is seen in about 2 s and a hung one in about 12 s, instead of 30 and 67 with Orleans' defaults.
    /// The price, a probe per second and neighbour, is nothing at tens of nodes.
    /// </summary>
    private static void DetectFailuresFast(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
        options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(5);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
