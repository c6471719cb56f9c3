using System.Text.Json;
using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>sweep.json. What is undefined is null; there is no NaN in the file.</summary>
internal static class SweepFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static byte[] Write(SweepInput input, SweepSummary summary) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                input.Splits,
                input.Bootstraps,
                input.Seed,
                input.Threshold,
                Models = summary.Models.ToDictionary(m => m.Model, m => Named(m)),
                MajorityVote = Named(summary.MajorityVote),
                PerSplit = summary.PerSplit,
                Differences = summary.Differences.Select(d => new
                {
                    d.First,
                    d.Second,
                    Metric = MetricValues.NameOf(d.Metric),
                    d.Difference.Mean,
                    d.Difference.Lower,
                    d.Difference.Upper,
                }),
                Provenance = input.Provenance.Select(line => new { line.Name, line.Value }),
            },
            Options
        );

    private static Dictionary<string, MetricInterval> Named(ModelIntervals model) =>
        MetricValues.Kinds.ToDictionary(MetricValues.NameOf, kind => model[kind]);
}
