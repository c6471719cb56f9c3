using CxrCluster.Storage.Instances;

namespace CxrCluster.Cli.Scoring;

/// <summary>An input after it was taken in.</summary>
/// <param name="Instance">The image as the catalogue knows it; null when it could not be read.</param>
/// <param name="Problem">Why it could not be read; null when it was.</param>
internal sealed record AdmittedInput(ImageInput Input, InstanceRecord? Instance, string? Problem);
