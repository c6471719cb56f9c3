namespace CxrCluster.Imaging.Cohorts;

/// <summary>The columns every manifest has or may have, in the order in which they are written.</summary>
internal static class ManifestColumns
{
    public const string Image = "image";
    public const string Hospital = "hospital";
    public const string PatientId = "patient_id";
    public const string Label = "label";
    public const string Finding = "finding";
    public const string View = "view";
    public const string Sex = "sex";
    public const string Age = "age";
    public const string Source = "source";
    public const string Licence = "licence";

    public static IReadOnlyList<string> Required { get; } = [Image, Hospital, PatientId, Label];

    public static IReadOnlyList<string> All { get; } = [.. Required, Finding, View, Sex, Age, Source, Licence];

    /// <summary>A row's values in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string?> ValuesOf(CohortRow row) =>
        [
            row.Image,
            row.Hospital,
            row.PatientId,
            row.Label.ToString(),
            row.Finding,
            row.View,
            row.Sex,
            row.Age,
            row.Source,
            row.Licence,
        ];
}
