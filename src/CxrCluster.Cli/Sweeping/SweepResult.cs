using CxrCluster.Contracts.Training;
using CxrCluster.Evaluation;
using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Cli.Sweeping;

/// <summary>Makes the analysis' input of what the runs have predicted.</summary>
internal static class SweepResult
{
    /// <summary>
    /// Networks are compared on the same images, so a split counts when every network has it; a network whose every run
    /// failed is left out first. Null when no split is left.
    /// </summary>
    /// <param name="sweep">A sweep that is over.</param>
    /// <param name="predictions">Of its runs.</param>
    /// <param name="provenance">How it was made; what is missing is added.</param>
    public static SweepInput? Of(
        SweepProgress sweep,
        IReadOnlyList<(RunKey Run, IReadOnlyList<TestPrediction> Predictions)> predictions,
        IReadOnlyList<(string Name, string Value)> provenance
    )
    {
        string[] networks = [.. predictions.Select(p => p.Run.Architecture).Distinct(StringComparer.Ordinal)];
        int[] splits =
        [
            .. predictions
                .GroupBy(p => p.Run.Split)
                .Where(split => split.Count() == networks.Length)
                .Select(split => split.Key)
                .Order(),
        ];
        if (splits.Length == 0)
            return null;
        return new SweepInput
        {
            Splits = splits.Length,
            Bootstraps = sweep.Spec.Bootstraps,
            Seed = sweep.Spec.Seed,
            Runs =
            [
                .. predictions
                    .Where(p => splits.Contains(p.Run.Split))
                    .Select(p => new SplitPredictions(
                        p.Run.Architecture,
                        Array.IndexOf(splits, p.Run.Split),
                        [
                            .. p.Predictions.Select(t => new Prediction(
                                t.Image,
                                t.Hospital,
                                t.PatientId,
                                t.Label,
                                t.Probability
                            )),
                        ]
                    )),
            ],
            Provenance = [.. provenance, .. Missing(sweep, networks, splits)],
            Caution =
                splits.Length < sweep.Spec.Splits
                    ? $"The intervals rest on {splits.Length} of {sweep.Spec.Splits} splits: runs of the others failed."
                    : null,
        };
    }

    private static IEnumerable<(string Name, string Value)> Missing(
        SweepProgress sweep,
        string[] networks,
        int[] splits
    )
    {
        foreach (string none in sweep.Spec.Architectures.Except(networks, StringComparer.Ordinal))
            yield return ("network left out", $"{none}: none of its runs ended");
        if (splits.Length < sweep.Spec.Splits)
            yield return (
                "splits left out",
                string.Join(", ", Enumerable.Range(0, sweep.Spec.Splits).Except(splits))
                    + $"; the others are numbered 0 to {splits.Length - 1} here"
            );
        foreach (
            RunProgress run in sweep.Runs.Where(r =>
                r.Reason is not null && r.State is RunState.Failed or RunState.Done
            )
        )
            if (run.Reason is { } reason)
                yield return ($"{run.Key.Architecture}, split {run.Key.Split}", reason);
    }
}
