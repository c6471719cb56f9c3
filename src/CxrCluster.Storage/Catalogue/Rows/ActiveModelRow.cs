namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table active_model: at most one row, so that at most one model can be active, whoever activates at once.</summary>
internal sealed class ActiveModelRow
{
    public const int TheOnly = 1;

    public required int Place { get; init; }
    public required string Model { get; init; }
}
