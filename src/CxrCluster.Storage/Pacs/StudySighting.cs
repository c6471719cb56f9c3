namespace CxrCluster.Storage.Pacs;

/// <summary>A study as a query listed it.</summary>
/// <param name="Instances">How many instances the PACS says it has; null when it does not say.</param>
public sealed record StudySighting(string Uid, DateOnly? Date, int? Instances);
