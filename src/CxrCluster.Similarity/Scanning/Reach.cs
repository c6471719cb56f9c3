namespace CxrCluster.Similarity.Scanning;

/// <summary>How far a query has to look: all its workers shorten it together.</summary>
internal sealed class Reach
{
    private double _distance = double.PositiveInfinity;

    /// <summary>k vectors at most this far are known.</summary>
    public double Distance => Volatile.Read(ref _distance);

    /// <summary>Has effect if it is nearer.</summary>
    public void Shorten(double distance)
    {
        double known = Distance;
        while (distance < known)
        {
            double before = Interlocked.CompareExchange(ref _distance, distance, known);
            if (before.Equals(known))
                return;
            known = before;
        }
    }
}
