namespace CxrCluster.Storage.Tests.Engines;

/// <summary>An engine's connection string, or why there is none.</summary>
public sealed record Engine(string? ConnectionString, string? Absence);
