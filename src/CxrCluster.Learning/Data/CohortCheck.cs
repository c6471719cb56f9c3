using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>Whether a manifest can be trained on at all, before any image is read.</summary>
public static class CohortCheck
{
    /// <summary>Fewer patients cannot be split into parts that mean anything.</summary>
    public const int FewestPatients = 10;

    /// <exception cref="InvalidTrainingDataException">One class only, or fewer than <see cref="FewestPatients"/> patients.</exception>
    public static void ThrowIfUnusable(IReadOnlyList<CohortRow> rows)
    {
        var labels = rows.Select(r => r.Label).Distinct().ToList();
        if (labels.Count < 2)
        {
            throw new InvalidTrainingDataException(
                $"All {rows.Count} images of the manifest have the label {labels.FirstOrDefault()}: a classifier needs both "
                    + "classes. Add images of the other one."
            );
        }

        var patients = rows.Select(r => (r.Hospital, r.PatientId)).Distinct().Count();
        if (patients < FewestPatients)
        {
            throw new InvalidTrainingDataException(
                $"The manifest has {patients} patients; at least {FewestPatients} are needed to train on some and measure on "
                    + "others."
            );
        }
    }

    /// <summary>What is suspicious, a sentence each: the same patient id in two hospitals.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<CohortRow> rows)
    {
        var shared = rows.GroupBy(r => r.PatientId, StringComparer.Ordinal)
            .Where(patient => patient.Select(r => r.Hospital).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .Select(patient => patient.Key)
            .ToList();
        return shared.Count == 0
            ? []
            :
            [
                $"{shared.Count} patient ids occur in more than one hospital (such as {shared[0]}). They are taken for "
                    + "different people: a patient id counts within its hospital. If they are the same people, give them one "
                    + "hospital in the manifest, or they may be both trained and measured on.",
            ];
    }
}
