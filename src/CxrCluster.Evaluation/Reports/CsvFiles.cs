using System.Globalization;
using CsvHelper;
using CxrCluster.Evaluation.Cohorts;

namespace CxrCluster.Evaluation.Reports;

/// <summary>predictions.csv and embeddings.csv: UTF-8, a header, numbers that read back to the same bits.</summary>
internal static class CsvFiles
{
    /// <summary>Columns image, hospital, patient_id, label, probability, predicted.</summary>
    public static void WritePredictions(string path, IReadOnlyList<Prediction> predictions, double threshold) =>
        Write(
            path,
            ["image", "hospital", "patient_id", "label", "probability", "predicted"],
            predictions.Select(
                IEnumerable<object> (p) =>
                    [p.Image, p.Hospital, p.PatientId, p.Label, p.Probability, p.Predicted(threshold)]
            )
        );

    /// <summary>Columns image, hospital, patient_id, label, e0, e1, ...</summary>
    public static void WriteEmbeddings(
        string path,
        IReadOnlyList<Prediction> predictions,
        IReadOnlyList<float[]> embeddings
    ) =>
        Write(
            path,
            [
                "image",
                "hospital",
                "patient_id",
                "label",
                .. Enumerable.Range(0, embeddings[0].Length).Select(i => $"e{i}"),
            ],
            predictions.Zip(
                embeddings,
                IEnumerable<object> (p, e) => [p.Image, p.Hospital, p.PatientId, p.Label, .. e.Cast<object>()]
            )
        );

    /// <summary>Columns rank, image, hospital, patient_id, label, probability, predicted, marked.</summary>
    public static void WriteHardCases(string path, IReadOnlyList<HardCase> cases) =>
        Write(
            path,
            ["rank", "image", "hospital", "patient_id", "label", "probability", "predicted", "marked"],
            cases.Select(
                IEnumerable<object> (c, i) =>
                    [
                        i + 1,
                        c.Prediction.Image,
                        c.Prediction.Hospital,
                        c.Prediction.PatientId,
                        c.Prediction.Label,
                        c.Prediction.Probability,
                        c.Wrong ? 1 - c.Prediction.Label : c.Prediction.Label,
                        c.Marked ? 1 : 0,
                    ]
            )
        );

    private static void Write(string path, IEnumerable<string> header, IEnumerable<IEnumerable<object>> rows)
    {
        using var csv = new CsvWriter(new StreamWriter(path) { NewLine = "\n" }, CultureInfo.InvariantCulture);
        foreach (IEnumerable<object> fields in rows.Prepend(header))
        {
            foreach (object field in fields)
                csv.WriteField(field);
            csv.NextRecord();
        }
    }
}
