using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Data;

namespace CxrCluster.Learning.Training;

/// <summary>A cohort's usable images by what they are for; no patient is in two parts.</summary>
internal sealed record CohortParts(
    IReadOnlyList<ClassificationSample> Training,
    IReadOnlyList<ClassificationSample> Validation,
    IReadOnlyList<ClassificationSample> HeldOut
)
{
    /// <summary>
    /// Splits the whole manifest by patient and then takes the usable images of each part, so that the patients held out do
    /// not depend on which files could be read.
    /// </summary>
    public static CohortParts Of(
        IReadOnlyList<CohortRow> rows,
        IReadOnlyList<ClassificationSample> samples,
        ClassifierTrainingOptions options
    )
    {
        var (rest, heldOut) = PatientSplit.Split(rows, options.HeldOutFraction, options.Seed);
        var (training, validation) = PatientSplit.Split(rest, options.ValidationFraction, options.Seed);
        return new(Usable(training), Usable(validation), Usable(heldOut));

        IReadOnlyList<ClassificationSample> Usable(IReadOnlyList<CohortRow> part)
        {
            var images = part.Select(r => r.Image).ToHashSet(StringComparer.Ordinal);
            return [.. samples.Where(s => images.Contains(s.Row.Image))];
        }
    }
}
