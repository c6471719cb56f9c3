using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>The rows of the patients that a training held out, as a manifest beside the bundle.</summary>
internal static class HeldOutManifest
{
    /// <summary>Where it lies. Beside the bundle, not in it: a bundle goes to other hospitals, patient ids do not.</summary>
    public static string PathFor(string bundle) => Path.TrimEndingDirectorySeparator(bundle) + ".held-out.csv";

    /// <summary>Writes it and says where.</summary>
    public static string Write(string bundle, ClassifierTrainingResult result)
    {
        string path = PathFor(bundle);
        CohortManifest.Write(path, [.. result.HeldOut.Select(p => p.Row)]);
        return path;
    }
}
