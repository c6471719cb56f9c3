namespace CxrCluster.Imaging.Eligibility;

/// <summary>Finds sharp-edged, axis-aligned rectangles of constant value inside the picture.</summary>
public sealed class RectangularArtifactDetector
{
    /// <summary>The largest rectangular artifact of <paramref name="r"/>, or null when there is none.</summary>
#pragma warning disable CA1822
    public RectangularArtifact? Detect(Radiograph r) => throw new NotSupportedException();
#pragma warning restore CA1822
}
