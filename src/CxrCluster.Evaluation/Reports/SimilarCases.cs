using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Evaluation.Plots;

namespace CxrCluster.Evaluation.Reports;

/// <summary>
/// Chooses the rows of similar.png: of each kind of outcome (true positive, true negative, false positive, false negative)
/// the image with the most decided probability, so that both what works and what fails is seen.
/// </summary>
internal static class SimilarCases
{
    private static readonly (int Label, int Predicted, string Name)[] Kinds =
    [
        (1, 1, "true positive"),
        (0, 0, "true negative"),
        (0, 1, "false positive"),
        (1, 0, "false negative"),
    ];

    /// <summary>No rows when no image has a neighbour of another patient.</summary>
    public static async Task<IReadOnlyList<PanelRow>> ChooseAsync(
        IReadOnlyList<EmbeddedPrediction> images,
        EvaluationInput input,
        CancellationToken cancellationToken
    )
    {
        var search = new PatientSearch(input.Training ?? images);
        List<PanelRow> rows = [];
        foreach ((int label, int predicted, string name) in Kinds)
        {
            int query = Enumerable
                .Range(0, images.Count)
                .Where(i => images[i].Prediction.Label == label)
                .Where(i => images[i].Prediction.Predicted(input.Threshold) == predicted)
                .OrderByDescending(i => Math.Abs(images[i].Prediction.Probability - input.Threshold))
                .FirstOrDefault(-1);
            if (query < 0)
                continue;
            List<PanelImage> neighbours = [];
            foreach ((EmbeddedPrediction near, double distance) in search.Nearest(images[query], input.K))
                neighbours.Add(await ReadAsync(near.Prediction, distance));
            if (neighbours.Count > 0)
                rows.Add(new PanelRow(name, await ReadAsync(images[query].Prediction, distance: null), neighbours));
        }
        return rows;

        async Task<PanelImage> ReadAsync(Prediction prediction, double? distance) =>
            new(prediction, await input.ReadImage!(prediction, cancellationToken), distance);
    }
}
