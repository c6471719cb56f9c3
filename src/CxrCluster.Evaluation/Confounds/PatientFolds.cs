using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Confounds;

/// <summary>Folds of cross-validation that no patient is divided over, with about equal shares of every kind.</summary>
internal static class PatientFolds
{
    /// <summary>The fold of each image, 0 to below <paramref name="folds"/>; independent of the order of the images.</summary>
    /// <param name="kinds">The kind of each image; a patient counts as the kind of its first image by name.</param>
    public static int[] Assign(IReadOnlyList<Prediction> images, IReadOnlyList<int> kinds, int folds, int seed)
    {
        var patients = Enumerable
            .Range(0, images.Count)
            .OrderBy(i => images[i].Image, StringComparer.Ordinal)
            .GroupBy(i => (images[i].Hospital, images[i].PatientId))
            .Select(patient => (patient.Key, Kind: kinds[patient.First()], Images: patient.ToArray()))
            .OrderBy(patient => patient.Key.Hospital, StringComparer.Ordinal)
            .ThenBy(patient => patient.Key.PatientId, StringComparer.Ordinal)
            .ToArray();
        Subsample.Shuffle(patients.AsSpan(), seed);
        int[] fold = new int[images.Count];
        int next = 0;
        foreach (var patient in patients.OrderBy(patient => patient.Kind))
        {
            foreach (int image in patient.Images)
                fold[image] = next % folds;
            next++;
        }
        return fold;
    }
}
