using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table index_switch: at most one row.</summary>
internal sealed class IndexSwitchRow
{
    public const int TheOnly = 1;

    public required int Place { get; init; }
    public required string Model { get; init; }
    public string? Next { get; init; }
    public string? Job { get; init; }

    public static IndexSwitchRow From(IndexSwitch record) =>
        new()
        {
            Place = TheOnly,
            Model = record.Model.ToString(),
            Next = record.Next?.ToString(),
            Job = record.Job?.ToString(),
        };

    public IndexSwitch ToRecord() =>
        new(ModelId.Parse(Model), Next is null ? null : ModelId.Parse(Next), Job is null ? null : new JobId(Job));
}
