namespace CxrCluster.Cli.Scoring;

/// <summary>One line of the result to come.</summary>
/// <param name="Path">The file, as it is shown: the path given, or the folder given and the file's name.</param>
/// <param name="Origin">Where the image comes from.</param>
/// <param name="Problem">Why there is nothing to score, in a sentence; null when there is a file to open.</param>
internal sealed record ImageInput(string Path, ImageOrigin Origin, string? Problem = null);
