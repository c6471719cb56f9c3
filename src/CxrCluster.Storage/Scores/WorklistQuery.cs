using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Scores;

/// <summary>What a worklist page shows, most probable first.</summary>
/// <param name="Model">Results of this model.</param>
/// <param name="Hospitals">Only these hospitals; null for all.</param>
/// <param name="From">Received at or after.</param>
/// <param name="To">Received before.</param>
/// <param name="MinProbability">At least this probability; leaves out what was not scored.</param>
/// <param name="Cursor">Opaque place to go on from, as the page before gave it; null for the first page.</param>
/// <param name="Limit">Rows per page, 1 to 500.</param>
public sealed record WorklistQuery(
    ModelId Model,
    IReadOnlyList<HospitalId>? Hospitals = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    double? MinProbability = null,
    string? Cursor = null,
    int Limit = 50
);
