using CxrCluster.Storage.WriteBacks;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table write_back_mode: hospitals whose mode was set.</summary>
internal sealed class WriteBackModeRow
{
    public required string Hospital { get; init; }
    public required WriteBackMode Mode { get; init; }
}
