using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Imaging.Cohorts;

/// <summary>Splits a cohort by patient, so that no patient is seen both in training and in testing.</summary>
public static class PatientSplit
{
    /// <summary>
    /// Splits by (hospital, patient), stratified by patient class (a patient with any positive image is positive). Depends
    /// on the rows and the seed, not on the rows' order; each part keeps the given order.
    /// </summary>
    /// <param name="rows">The cohort.</param>
    /// <param name="testFraction">Share of the patients of each class that is held out, 0..1, rounded to whole patients.</param>
    /// <param name="seed">Equal seeds give equal splits, on every machine and in every version.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not from 0 to 1.</exception>
    public static (IReadOnlyList<CohortRow> Train, IReadOnlyList<CohortRow> Test) Split(
        IReadOnlyList<CohortRow> rows,
        double testFraction,
        int seed
    )
    {
        if (testFraction is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                "The share of patients held out must be from 0 to 1; 0.15 is the paper's."
            );
        }

        var held = rows.GroupBy(PatientOf)
            .GroupBy(patient => patient.Any(row => row.Label == 1))
            .SelectMany(stratum => Draw([.. stratum.Select(patient => patient.Key)], testFraction, seed))
            .ToHashSet();
        var parts = rows.ToLookup(row => held.Contains(PatientOf(row)));
        return ([.. parts[false]], [.. parts[true]]);
    }

    private static (string Hospital, string Patient) PatientOf(CohortRow row) => (row.Hospital, row.PatientId);

    /// <summary>The patients whose hashes come first: a shuffle that depends on nothing but the seed and the names.</summary>
    private static IEnumerable<(string Hospital, string Patient)> Draw(
        IReadOnlyList<(string Hospital, string Patient)> patients,
        double fraction,
        int seed
    ) =>
        patients
            .OrderBy(patient => Rank(patient, seed), StringComparer.Ordinal)
            .Take((int)Math.Round(patients.Count * fraction, MidpointRounding.AwayFromZero));

    private static string Rank((string Hospital, string Patient) patient, int seed) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{patient.Hospital}\n{patient.Patient}")));
}
