using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table index_layout.</summary>
internal sealed class IndexLayoutRow
{
    public required string Hospital { get; init; }
    public required string Model { get; init; }
    public required int Number { get; init; }
    public required int Parts { get; init; }
    public required LayoutState State { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    public IndexLayout ToRecord() =>
        new(new HospitalId(Hospital), ModelId.Parse(Model), Number, Parts, State, ChangedAt);
}
