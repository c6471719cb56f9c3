using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Eligibility;
using CxrCluster.Imaging.Preprocessing;

namespace CxrCluster.Learning.Data;

/// <summary>Reads and preprocesses one row's image, or says why it is left out.</summary>
internal sealed class CohortReader(string imagesFolder, PreprocessingOptions preprocessing)
{
    // The optional column in which a manifest says what the pixel detector may overlook.
    private const string ArtifactColumn = "artifact";
    private const string RectangleMark = "rectangle";

    private readonly Preprocessor _preprocessor = new(preprocessing);

    public Outcome Read(CohortRow row)
    {
        if (Views.IsLateral(row.View))
        {
            return new(row, Exclusion: $"{row.Image} is a lateral view ({row.View}); only frontal views are used.");
        }

        if (row.Other.GetValueOrDefault(ArtifactColumn) == RectangleMark)
        {
            return new(row, Exclusion: $"{row.Image} is marked in the manifest as having a rectangular artifact.");
        }

        try
        {
            var radiograph = RadiographReader.ReadFile(Path.Combine(imagesFolder, row.Image));
            return new RectangularArtifactDetector().Detect(radiograph) is { } artifact
                ? new(row, Exclusion: $"{row.Image}: {artifact.Description}")
                : new(row, Image: _preprocessor.Apply(radiograph).Square);
        }
        catch (UnreadableImageException problem)
        {
            return new(row, Failure: problem.Message);
        }
    }

    /// <summary>Exactly one of image, exclusion and failure is there.</summary>
    internal sealed record Outcome(
        CohortRow Row,
        SquareImage? Image = null,
        string? Exclusion = null,
        string? Failure = null
    );
}
