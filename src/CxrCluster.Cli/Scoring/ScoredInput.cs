using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Cli.Scoring;

/// <summary>What came of one input.</summary>
/// <param name="Instance">The image as the catalogue knows it; null when there was nothing to take in.</param>
internal sealed record ScoredInput(ImageInput Input, InstanceRecord? Instance, ImageScore Score)
{
    /// <summary>Why it was not scored, in a sentence that names this input; null when it was scored.</summary>
    public string? Reason => Score.Reason is { } reason ? NameThisInput(reason.Text) : null;

    /// <summary>Equal content under two names is one image, and its reason names the one that came last.</summary>
    private string NameThisInput(string text) =>
        Instance is not null && text.StartsWith(Instance.Name, StringComparison.Ordinal)
            ? Path.GetFileName(Input.Path) + text[Instance.Name.Length..]
            : text;
}
