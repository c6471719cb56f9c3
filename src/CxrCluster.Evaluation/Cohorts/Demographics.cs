using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Cohorts;

/// <summary>
/// A column of Table 1: who the patients of a group of images are. A patient's sex and age are those of the first image by
/// name that gives them.
/// </summary>
/// <param name="Images">How many images.</param>
/// <param name="Patients">How many patients.</param>
/// <param name="Female">Patients.</param>
/// <param name="Male">Patients.</param>
/// <param name="SexUnknown">Patients whose sex is missing or neither F nor M.</param>
/// <param name="AgeMean">Years; null if no age is known.</param>
/// <param name="AgeSd">Population standard deviation, years.</param>
/// <param name="AgeMedian">Years.</param>
/// <param name="AgeLower">First quartile, years.</param>
/// <param name="AgeUpper">Third quartile, years.</param>
/// <param name="AgeUnknown">Patients.</param>
/// <param name="Views">Images per view, most first; "unknown" where none is given.</param>
/// <param name="Hospitals">Images per hospital.</param>
/// <param name="Sources">Images per source.</param>
public sealed record Demographics(
    int Images,
    int Patients,
    int Female,
    int Male,
    int SexUnknown,
    double? AgeMean,
    double? AgeSd,
    double? AgeMedian,
    double? AgeLower,
    double? AgeUpper,
    int AgeUnknown,
    IReadOnlyDictionary<string, int> Views,
    IReadOnlyDictionary<string, int> Hospitals,
    IReadOnlyDictionary<string, int> Sources
)
{
    private const string Unknown = "unknown";

    /// <summary>Counts what is there; nothing is guessed.</summary>
    public static Demographics Compute(IReadOnlyList<ImageFacts> images)
    {
        var patients = images
            .OrderBy(image => image.Image, StringComparer.Ordinal)
            .GroupBy(image => (image.Hospital, image.PatientId))
            .Select(patient =>
                (
                    Sex: patient.Select(SexOf).FirstOrDefault(sex => sex is not null),
                    Age: patient.Select(image => image.Years).FirstOrDefault(years => years is not null)
                )
            )
            .ToArray();
        double[] ages = [.. patients.Select(patient => patient.Age).OfType<double>().Order()];
        double? mean = ages.Length == 0 ? null : ages.Average();
        return new Demographics(
            images.Count,
            patients.Length,
            patients.Count(patient => patient.Sex == 'F'),
            patients.Count(patient => patient.Sex == 'M'),
            patients.Count(patient => patient.Sex is null),
            mean,
            mean is { } m ? Math.Sqrt(ages.Average(age => (age - m) * (age - m))) : null,
            Quantile(0.5),
            Quantile(0.25),
            Quantile(0.75),
            patients.Length - ages.Length,
            Count(image => image.View),
            Count(image => image.Hospital),
            Count(image => image.Source)
        );

        double? Quantile(double fraction) => ages.Length == 0 ? null : Percentile.Of(ages, fraction);

        IReadOnlyDictionary<string, int> Count(Func<ImageFacts, string?> value) =>
            images
                .CountBy(image => value(image) ?? Unknown)
                .OrderByDescending(c => c.Value)
                .ThenBy(c => c.Key)
                .ToDictionary();
    }

    private static char? SexOf(ImageFacts image) =>
        image.Sex?.Trim() is [var first, ..] && char.ToUpperInvariant(first) is var sex and ('F' or 'M') ? sex : null;
}
