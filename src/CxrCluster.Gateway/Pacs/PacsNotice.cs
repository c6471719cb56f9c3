namespace CxrCluster.Gateway.Pacs;

/// <summary>A word that a PACS may have something new.</summary>
/// <param name="Study">Study instance UID; null: recent days are looked through.</param>
/// <param name="Urgent">The study goes before all others.</param>
public sealed record PacsNotice(string? Study = null, bool Urgent = false);
