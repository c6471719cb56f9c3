using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Confounds;

/// <summary>A random part of a cohort: whole patients until there are enough images.</summary>
public static class PatientSample
{
    /// <summary>Positions in the list, ascending: all of them if they are few enough. Independent of their order.</summary>
    public static IEnumerable<int> Choose(IReadOnlyList<Prediction> images, int most, int seed)
    {
        if (images.Count <= most)
            return Enumerable.Range(0, images.Count);
        int[][] patients =
        [
            .. Enumerable
                .Range(0, images.Count)
                .GroupBy(i => (images[i].Hospital, images[i].PatientId))
                .OrderBy(patient => patient.Key.Hospital, StringComparer.Ordinal)
                .ThenBy(patient => patient.Key.PatientId, StringComparer.Ordinal)
                .Select(patient => patient.ToArray()),
        ];
        Subsample.Shuffle(patients.AsSpan(), seed);
        var chosen = new List<int>(most);
        foreach (int[] patient in patients.Where(patient => patient.Length <= most))
        {
            if (chosen.Count + patient.Length > most)
                break;
            chosen.AddRange(patient);
        }
        return chosen.Order();
    }
}
