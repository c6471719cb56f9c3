namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Mean and standard deviation in one pass without cancellation (Welford 1962).</summary>
internal sealed class RunningSpread
{
    private long count;
    private double mean;
    private double squares;

    public DistanceSpread Spread => count == 0 ? new(null, null) : new(mean, Math.Sqrt(squares / count));

    public void Add(double value)
    {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }
}
