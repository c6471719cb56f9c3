using CxrCluster.Learning.Weights.Importing;

namespace CxrCluster.Cli.Weights;

/// <summary>The result of `cxr weights import --json`.</summary>
/// <param name="Weights">The file written.</param>
/// <param name="Architecture">The network the weights are for.</param>
/// <param name="Tensors">Tensors in it.</param>
/// <param name="SourceSha256">Of the file they came from.</param>
/// <param name="FirstLayer">"rgb": adapted from RGB; "keep": as in the source.</param>
/// <param name="LeftOut">Names that were left out.</param>
/// <param name="FilledIn">Batch counts that were set to 0.</param>
internal sealed record WeightsLine(
    string Weights,
    string Architecture,
    int Tensors,
    string SourceSha256,
    string FirstLayer,
    IReadOnlyList<string> LeftOut,
    int FilledIn
)
{
    public WeightsLine(string weights, ImportedWeights imported)
        : this(
            weights,
            imported.Architecture,
            imported.Tensors,
            imported.SourceSha256,
            imported.FirstLayer.ToString().ToLowerInvariant(),
            imported.LeftOut,
            imported.FilledIn
        ) { }
}
