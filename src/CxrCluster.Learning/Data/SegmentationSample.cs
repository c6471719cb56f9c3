using CxrCluster.Imaging;

namespace CxrCluster.Learning.Data;

/// <summary>A preprocessed radiograph with its lung mask in the same geometry.</summary>
/// <param name="Name">The pair's name.</param>
/// <param name="Image">The U-net's input.</param>
/// <param name="Mask">255 where there is lung, else 0; same side.</param>
public sealed record SegmentationSample(string Name, SquareImage Image, SquareImage Mask);
