using CxrCluster.Dicom;
using CxrCluster.Gateway;
using CxrCluster.Grains.Maps;
using CxrCluster.Grains.Pacs;
using CxrCluster.Grains.Scoring;
using CxrCluster.Grains.Similarity;
using CxrCluster.Node.Configuration;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Node.Hosting;

/// <summary>Every section of a node's configuration, validated together before anything starts.</summary>
internal sealed record NodeSettings(
    NodeOptions Node,
    Configuration.ClusterOptions Cluster,
    CatalogueOptions Catalogue,
    BlobOptions Blobs,
    InferenceSettings Inference,
    ScoringOptions Scoring,
    IndexOptions Index,
    MapOptions Map,
    DicomOptions Dicom,
    PacsOptions Pacs,
    PrivacyOptions Privacy,
    GatewayOptions Gateway
)
{
    /// <exception cref="ConfigurationException">Some settings are wrong: one sentence for each.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        var reader = new SectionReader(configuration);
        var settings = new NodeSettings(
            reader.Read<NodeOptions>("Node", o => o.Validate()),
            reader.Read<Configuration.ClusterOptions>("Cluster", o => o.Validate()),
            reader.Read<CatalogueOptions>("Catalogue", o => o.Validate()),
            reader.Read<BlobOptions>("Blobs", o => o.Validate()),
            reader.Read<InferenceSettings>("Inference", o => o.Validate()),
            reader.Read<ScoringOptions>("Scoring", o => o.Validate()),
            reader.Read<IndexOptions>("Index", o => o.Validate()),
            reader.Read<MapOptions>("Map", o => o.Validate()),
            reader.Read<DicomOptions>("Dicom", o => o.Validate()),
            reader.Read<PacsOptions>("Pacs", o => o.Validate()),
            reader.Read<PrivacyOptions>("Privacy", o => o.Validate()),
            reader.Read<GatewayOptions>("Gateway", o => o.Validate())
        );
        reader.ThrowIfWrong();
        return settings.Cluster.Provider == ClusterProvider.Redis && settings.Privacy.PseudonymKey.Length == 0
            ? throw new ConfigurationException(
                "Privacy:PseudonymKey is empty: the nodes of one cluster share a secret of at least 16 bytes, in base64, as 'openssl rand -base64 32' prints it."
            )
            : settings;
    }
}
