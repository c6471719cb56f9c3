using System.Security.Cryptography;
using System.Text;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>A cohort's usable images by what they are for; no patient is in two parts.</summary>
/// <param name="Training">What the weights are fitted to.</param>
/// <param name="Validation">What the best epoch is chosen by; empty: the last epoch is kept.</param>
/// <param name="HeldOut">What the kept weights are measured on; nothing is chosen by it.</param>
public sealed record TrainingCohort(
    IReadOnlyList<ClassificationSample> Training,
    IReadOnlyList<ClassificationSample> Validation,
    IReadOnlyList<ClassificationSample> HeldOut
)
{
    /// <summary>
    /// Splits the whole manifest by patient and then takes the usable images of each part, so that the patients held out do
    /// not depend on which files could be read.
    /// </summary>
    /// <param name="rows">The manifest.</param>
    /// <param name="samples">Its usable images.</param>
    /// <param name="heldOutFraction">Share of the patients held out, [0, 1).</param>
    /// <param name="validationFraction">Share of the remaining patients to choose the epoch by, [0, 1).</param>
    /// <param name="seed">Equal seeds give equal splits.</param>
    public static TrainingCohort Split(
        IReadOnlyList<CohortRow> rows,
        IReadOnlyList<ClassificationSample> samples,
        double heldOutFraction,
        double validationFraction,
        int seed
    )
    {
        var (rest, heldOut) = PatientSplit.Split(rows, heldOutFraction, seed);
        var (training, validation) = PatientSplit.Split(rest, validationFraction, seed);
        return new(Usable(training), Usable(validation), Usable(heldOut));

        IReadOnlyList<ClassificationSample> Usable(IReadOnlyList<CohortRow> part)
        {
            var images = part.Select(r => r.Image).ToHashSet(StringComparer.Ordinal);
            return [.. samples.Where(s => images.Contains(s.Row.Image))];
        }
    }

    /// <summary>Different patients in a part.</summary>
    public static int Patients(IReadOnlyList<ClassificationSample> part) =>
        part.Select(s => (s.Row.Hospital, s.Row.PatientId)).Distinct().Count();

    /// <exception cref="InvalidTrainingDataException">
    /// The training part, or a validation part that is not empty, lacks one of the classes.
    /// </exception>
    public void ThrowIfUntrainable()
    {
        var positives = Training.Count(s => s.Row.Label == 1);
        if (positives == 0 || positives == Training.Count)
        {
            throw new InvalidTrainingDataException(
                $"Of {Training.Count} images left to train on, {positives} are positive: both classes are needed. Check the "
                    + "images folder and the labels."
            );
        }

        if (Validation.Count > 0 && Validation.Select(s => s.Row.Label).Distinct().Count() < 2)
        {
            throw new InvalidTrainingDataException(
                $"The {Validation.Count} validation images do not hold both classes; give a larger validation fraction or 0."
            );
        }
    }

    /// <summary>Says which images are in which part, in which order and with which labels.</summary>
    internal string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var part in new[] { Training, Validation, HeldOut })
        {
            text.Append('\f');
            foreach (var row in part.Select(s => s.Row))
            {
                text.Append($"{row.Image}\n{row.Hospital}\n{row.PatientId}\n{row.Label}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
