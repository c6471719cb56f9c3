namespace CxrCluster.Imaging.Cohorts;

/// <summary>Splits a cohort by patient, so that no patient is seen both in training and in testing.</summary>
public static class PatientSplit
{
    /// <summary>
    /// Splits by (hospital, patient), stratified by patient class (a patient with any positive image is positive). Depends
    /// on the rows and the seed, not on the rows' order; each part keeps the given order.
    /// </summary>
    /// <param name="rows">The cohort.</param>
    /// <param name="testFraction">Share of the patients of each class that is held out, 0..1.</param>
    /// <param name="seed">Equal seeds give equal splits.</param>
    public static (IReadOnlyList<CohortRow> Train, IReadOnlyList<CohortRow> Test) Split(
        IReadOnlyList<CohortRow> rows,
        double testFraction,
        int seed
    ) => throw new NotSupportedException();
}
