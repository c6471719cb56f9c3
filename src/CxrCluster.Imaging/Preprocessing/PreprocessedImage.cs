namespace CxrCluster.Imaging.Preprocessing;

/// <summary>A network input and the geometry that made it, so that masks and maps can follow.</summary>
/// <param name="Square">The 8-bit square.</param>
/// <param name="Source">The whole radiograph, in its own pixels: (0, 0, width, height).</param>
/// <param name="Crop">The part of the radiograph that was kept, in the radiograph's pixels (all of it when not cropped).</param>
/// <param name="Content">Where that part lies inside <paramref name="Square"/>, in the square's pixels; the rest is padding.</param>
public sealed record PreprocessedImage(SquareImage Square, PixelRect Source, PixelRect Crop, PixelRect Content);
