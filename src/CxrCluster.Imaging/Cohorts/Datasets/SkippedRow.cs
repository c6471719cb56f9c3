namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>A row of a dataset that does not come into the cohort.</summary>
/// <param name="Line">Where it ends in the dataset's list.</param>
/// <param name="Image">Its image.</param>
/// <param name="Reason">Why, in a few words that many rows share.</param>
public sealed record SkippedRow(int Line, string Image, string Reason)
{
    /// <summary>The reason of rows whose image is not there.</summary>
    public const string MissingFile = "the image file is not there";
}
