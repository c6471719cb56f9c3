using System.Text.Json;
using System.Text.RegularExpressions;
using CxrCluster.Learning.Networks;

namespace CxrCluster.Learning.Bundles;

public sealed partial record ModelManifest
{
    /// <summary>Reads and validates model.json.</summary>
    /// <exception cref="InvalidBundleException">Not JSON, a value missing or out of range.</exception>
    public static ModelManifest Parse(ReadOnlySpan<byte> json)
    {
        ModelManifest manifest;
        try
        {
            manifest =
                JsonSerializer.Deserialize<ModelManifest>(json, ManifestJson.Options)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidBundleException(
                $"{ModelBundle.ManifestFile} is not a model manifest ({error.Message.TrimEnd('.')}). Export the model again.",
                error
            );
        }
        string[] problems = [.. manifest.Validate()];
        return problems.Length == 0
            ? manifest
            : throw new InvalidBundleException(
                $"{ModelBundle.ManifestFile} is out of range: {string.Join(" ", problems)}"
            );
    }

    /// <summary>One sentence per value out of range; empty when the manifest is sound.</summary>
    public IEnumerable<string> Validate()
    {
        if (!NamePattern().IsMatch(Name))
            yield return $"Model name '{Name}' is not valid: use 1 to 63 of a-z, 0-9, dot and hyphen.";
        if (!ClassifierNetwork.Architectures.Contains(Architecture, StringComparer.Ordinal))
            yield return $"Architecture '{Architecture}' is unknown: use one of {string.Join(", ", ClassifierNetwork.Architectures)}.";
        if (EmbeddingSize is < ClassifierNetwork.MinEmbeddingSize or > ClassifierNetwork.MaxEmbeddingSize)
            yield return $"Embedding size {EmbeddingSize} is out of range: use {ClassifierNetwork.MinEmbeddingSize} to {ClassifierNetwork.MaxEmbeddingSize}.";
        foreach (string problem in SegmenterShape.ValidateFor(SegmenterSide))
            yield return problem;
        foreach (string problem in Preprocessing.Validate())
            yield return problem;
        if (!Enum.IsDefined(Precision))
            yield return "Precision is none of auto, float32 and bfloat16.";
        if (Threshold is not (>= 0 and <= 1))
            yield return $"Threshold {Threshold} is out of range: use 0 to 1.";
        // the serialiser refuses null in properties, not in the elements of collections
        if (OperatingPoints.Any(point => point is not { Threshold: >= 0 and <= 1 }))
            yield return "An entry of operatingPoints is null or has a threshold outside 0 to 1.";
        if (Metrics.Values.Any(value => value is null))
            yield return "An entry of metrics is null.";
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
