namespace CxrCluster.Contracts.Pacs;

/// <summary>A word from or about a PACS that something may be new.</summary>
/// <param name="Study">Study instance UID; null: recent days.</param>
/// <param name="Urgent">Whether the study goes before all others.</param>
/// <param name="Everything">Without a study: look through the whole PACS.</param>
[GenerateSerializer, Immutable, Alias("pacs-hint")]
public sealed record PacsHint(
    [property: Id(0)] string? Study = null,
    [property: Id(1)] bool Urgent = false,
    [property: Id(2)] bool Everything = false
);
