namespace CxrCluster.Learning.Weights.Importing;

/// <summary>What an import did.</summary>
/// <param name="Architecture">The network the weights are for.</param>
/// <param name="Tensors">Tensors written.</param>
/// <param name="SourceSha256">Of the file they came from, lower-case hex.</param>
/// <param name="FirstLayer">What was done with the first layer.</param>
/// <param name="LeftOut">Names of the file's own classifier, which our head replaces.</param>
/// <param name="FilledIn">How many batch counts the file lacks; they were set to 0.</param>
public sealed record ImportedWeights(
    string Architecture,
    int Tensors,
    string SourceSha256,
    FirstLayerWeights FirstLayer,
    IReadOnlyList<string> LeftOut,
    int FilledIn
);
