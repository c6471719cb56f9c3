namespace CxrCluster.Imaging.Cohorts;

/// <summary>Radiographic projections as manifests and DICOM headers (View Position, 0018,5101) name them.</summary>
public static class Views
{
    private static readonly HashSet<string> Laterals = new(StringComparer.OrdinalIgnoreCase)
    {
        "L",
        "LL",
        "RL",
        "LAT",
        "LATERAL",
        "LEFT LATERAL",
        "RIGHT LATERAL",
        "LLAT",
        "RLAT",
    };

    /// <summary>Whether the view is a lateral one; an absent or unknown view counts as frontal.</summary>
    public static bool IsLateral(string? view) => view is not null && Laterals.Contains(view.Trim());
}
