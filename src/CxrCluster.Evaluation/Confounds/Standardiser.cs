namespace CxrCluster.Evaluation.Confounds;

/// <summary>Mean 0 and standard deviation 1 per feature, as measured on training samples; constant features become 0.</summary>
internal sealed class Standardiser
{
    private readonly double[] mean;
    private readonly double[] sd;

    public Standardiser(IReadOnlyList<double[]> samples)
    {
        int features = samples[0].Length;
        mean = [.. Enumerable.Range(0, features).Select(f => samples.Average(s => s[f]))];
        sd =
        [
            .. Enumerable
                .Range(0, features)
                .Select(f => Math.Sqrt(samples.Average(s => (s[f] - mean[f]) * (s[f] - mean[f])))),
        ];
    }

    public double[] Apply(double[] sample) =>
        [.. sample.Select((value, f) => sd[f] > 1e-12 ? (value - mean[f]) / sd[f] : 0)];
}
