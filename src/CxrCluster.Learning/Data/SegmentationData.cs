using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>Reads image/mask pairs into memory, preprocessed.</summary>
public static class SegmentationData
{
    /// <summary>Reads and preprocesses all pairs; the mask follows its image's crop, padding and size.</summary>
    /// <returns>One sample per pair, in order.</returns>
    /// <exception cref="UnreadableImageException">An image or mask cannot be read: a pair is work of a radiologist, so none is dropped.</exception>
    /// <exception cref="InvalidTrainingDataException">A mask has another size than its image, or no lung in it.</exception>
    public static IReadOnlyList<SegmentationSample> Load(
        IReadOnlyList<ImageMaskPair> pairs,
        PreprocessingOptions preprocessing,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var preprocessor = new Preprocessor(preprocessing);
        return ParallelRead.Run(pairs, pair => Read(pair, preprocessor), progress, ct);
    }

    private static SegmentationSample Read(ImageMaskPair pair, Preprocessor preprocessor)
    {
        var radiograph = RadiographReader.ReadFile(pair.ImagePath);
        var mask = RadiographReader.ReadFile(pair.MaskPath);
        if (mask.Width != radiograph.Width || mask.Height != radiograph.Height)
        {
            throw new InvalidTrainingDataException(
                $"The mask {pair.MaskPath} has {mask.Width} x {mask.Height} pixels, its image {radiograph.Width} x "
                    + $"{radiograph.Height}; a mask must be drawn on the image itself."
            );
        }

        var image = preprocessor.Apply(radiograph);
        return new(pair.Name, image.Square, preprocessor.ApplyToMask(mask, image));
    }
}
