using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Tests.Training;

namespace CxrCluster.Learning.Tests.Data;

/// <summary>Toy pictures as files.</summary>
internal static class ToyFiles
{
    // Blown up from the toys' own side, their pixels would look like pasted rectangles.
    private const int CohortSide = 256;

    /// <summary>Writes image/mask pairs into two folders.</summary>
    public static (string Images, string Masks) WritePairs(ScratchFolder scratch, int count)
    {
        var (images, masks) = (scratch.Folder("images"), scratch.Folder("masks"));
        foreach (var disc in ToyData.Discs(count))
        {
            File.WriteAllBytes(Path.Combine(images, $"{disc.Name}.png"), PngWriter.Encode(disc.Image));
            File.WriteAllBytes(Path.Combine(masks, $"{disc.Name}.png"), PngWriter.Encode(disc.Mask));
        }

        return (images, masks);
    }

    /// <summary>Writes the images of a cohort, two per patient, and its manifest with <paramref name="more"/> rows.</summary>
    public static (string Manifest, string Images) WriteCohort(
        ScratchFolder scratch,
        int patients,
        params CohortRow[] more
    )
    {
        var images = scratch.Folder("cohort");
        var samples = ToyData.Cohort(patients, side: CohortSide);
        foreach (var sample in samples)
        {
            File.WriteAllBytes(Path.Combine(images, sample.Row.Image), PngWriter.Encode(sample.Read().Image));
        }

        var manifest = scratch.At("manifest.csv");
        CohortManifest.Write(manifest, [.. samples.Select(s => s.Row), .. more]);
        return (manifest, images);
    }
}
