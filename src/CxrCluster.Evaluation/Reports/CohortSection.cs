using CxrCluster.Evaluation.Cohorts;

namespace CxrCluster.Evaluation.Reports;

/// <summary>Who was examined: the cohort in sentences and as the paper's Table 1, and the images left out.</summary>
internal static class CohortSection
{
    private const int UnscoredShown = 100;
    private const int KindsShown = 12;

    public static void Write(Html html, EvaluationInput input)
    {
        int images = input.Predictions.Count + input.Unscored.Count;
        int patients = input.Predictions.Select(p => (p.Hospital, p.PatientId)).Distinct().Count();
        int hospitals = input.Predictions.Select(p => p.Hospital).Union(input.Unscored.Select(u => u.Hospital)).Count();
        int positives = input.Predictions.Sum(p => p.Label);
        int excluded = input.Unscored.Count(image => image.Kind == UnscoredKind.Excluded);
        html.Heading("Cohort")
            .Paragraph(
                $"{Numbers.Count(images, "image")} from {Numbers.Count(hospitals, "hospital")}. "
                    + $"{input.Predictions.Count} scored, of {Numbers.Count(patients, "patient")}: {positives} positive and "
                    + $"{input.Predictions.Count - positives} negative. "
                    + $"{excluded} excluded, {input.Unscored.Count - excluded} failed."
            );
        if (input.Facts.Count > 0)
            Table1(html, input);
    }

    public static void Unscored(Html html, IReadOnlyList<UnscoredImage> unscored)
    {
        if (unscored.Count == 0)
            return;
        html.Heading("Images without a score")
            .Table(
                unscored.Count <= UnscoredShown
                    ? "Images left out, with the reason"
                    : $"The first {UnscoredShown} of {unscored.Count} images left out, with the reason",
                ["image", "hospital", "outcome", "reason"],
                unscored
                    .Take(UnscoredShown)
                    .Select(
                        IReadOnlyList<string> (image) =>
                            [
                                image.Image,
                                image.Hospital,
                                image.Kind == UnscoredKind.Excluded ? "excluded" : "failed",
                                image.Reason,
                            ]
                    ),
                textColumns: 4
            );
    }

    private static void Table1(Html html, EvaluationInput input)
    {
        List<(string Name, Demographics Who)> columns = [.. Columns("", input.Facts)];
        if (input.TrainingFacts.Count > 0)
            columns.AddRange(Columns("training, ", input.TrainingFacts));
        List<IReadOnlyList<string>> rows =
        [
            Row("patients", who => $"{who.Patients}"),
            Row("images", who => $"{who.Images}"),
            Row("female", who => Numbers.CountOf(who.Female, who.Patients)),
            Row("male", who => Numbers.CountOf(who.Male, who.Patients)),
            Row("sex unknown", who => Numbers.CountOf(who.SexUnknown, who.Patients)),
            Row("age, mean ± SD", who => who.AgeMean is null ? "n/a" : $"{who.AgeMean:0.0} ± {who.AgeSd:0.0}"),
            Row(
                "age, median (quartiles)",
                who => who.AgeMedian is null ? "n/a" : $"{who.AgeMedian:0.#} ({who.AgeLower:0.#}–{who.AgeUpper:0.#})"
            ),
            Row("age unknown", who => Numbers.CountOf(who.AgeUnknown, who.Patients)),
            .. Kinds("view", who => who.Views),
            .. Kinds("hospital", who => who.Hospitals),
            .. Kinds("source", who => who.Sources),
        ];
        html.Table(
            "Patients and images per class: counts with percent of the column's patients (sex, age) or images (view, "
                + "hospital, source). A patient with images of both classes counts in both.",
            ["", .. columns.Select(column => column.Name)],
            rows
        );

        IReadOnlyList<string> Row(string name, Func<Demographics, string> cell) =>
            [name, .. columns.Select(column => cell(column.Who))];

        IEnumerable<IReadOnlyList<string>> Kinds(
            string name,
            Func<Demographics, IReadOnlyDictionary<string, int>> count
        )
        {
            string[] kinds =
            [
                .. columns
                    .SelectMany(column => count(column.Who))
                    .GroupBy(c => c.Key, c => c.Value)
                    .OrderByDescending(kind => kind.Sum())
                    .ThenBy(kind => kind.Key, StringComparer.Ordinal)
                    .Select(kind => kind.Key),
            ];
            foreach (string kind in kinds.Take(KindsShown))
                yield return Row(
                    $"{name}: {kind}",
                    who => Numbers.CountOf(count(who).GetValueOrDefault(kind), who.Images)
                );
            if (kinds.Length > KindsShown)
                yield return Row(
                    $"{name}: {kinds.Length - KindsShown} others",
                    who => Numbers.CountOf(kinds.Skip(KindsShown).Sum(k => count(who).GetValueOrDefault(k)), who.Images)
                );
        }
    }

    private static IEnumerable<(string, Demographics)> Columns(string prefix, IReadOnlyList<ImageFacts> facts) =>
        [
            ($"{prefix}positive", Demographics.Compute([.. facts.Where(f => f.Label == 1)])),
            ($"{prefix}negative", Demographics.Compute([.. facts.Where(f => f.Label == 0)])),
        ];
}
