using CxrCluster.Imaging;

namespace CxrCluster.Learning.Training;

/// <summary>The augmented images of one step.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">From 1, within the epoch.</param>
/// <param name="Steps">Steps of the epoch.</param>
/// <param name="Indices">Which samples these are.</param>
/// <param name="Squares">Each with its lung map or mask.</param>
internal sealed record TrainingBatch(
    int Epoch,
    int Step,
    int Steps,
    IReadOnlyList<int> Indices,
    IReadOnlyList<(SquareImage Image, SquareImage Map)> Squares
)
{
    public IReadOnlyList<SquareImage> Images => [.. Squares.Select(s => s.Image)];

    public IReadOnlyList<SquareImage> Maps => [.. Squares.Select(s => s.Map)];
}
