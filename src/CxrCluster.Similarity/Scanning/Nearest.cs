namespace CxrCluster.Similarity.Scanning;

/// <summary>The k nearest found so far by one worker; equal distances by id.</summary>
internal sealed class Nearest<TId>(int k, Reach reach)
    where TId : notnull, IComparable<TId>
{
    private readonly PriorityQueue<TId, (double Distance, TId Id)> _found = new(
        Math.Min(k, 64),
        FarthestFirst.Instance
    );

    /// <summary>A distance beyond which nothing can be among the k nearest; infinite until k are found.</summary>
    public double Farthest => reach.Distance;

    /// <summary>Takes a vector in if it belongs.</summary>
    public void Offer(TId id, double distance)
    {
        if (_found.Count < k)
            _found.Enqueue(id, (distance, id));
        else
            _found.EnqueueDequeue(id, (distance, id));
        if (_found.Count == k && _found.TryPeek(out _, out (double Distance, TId Id) farthest))
            reach.Shorten(farthest.Distance);
    }

    /// <summary>What was found, in no order.</summary>
    public IEnumerable<(TId Id, double Distance)> Found =>
        _found.UnorderedItems.Select(item => (item.Element, item.Priority.Distance));

    private sealed class FarthestFirst : IComparer<(double Distance, TId Id)>
    {
        public static readonly FarthestFirst Instance = new();

        public int Compare((double Distance, TId Id) x, (double Distance, TId Id) y)
        {
            int byDistance = y.Distance.CompareTo(x.Distance);
            return byDistance != 0 ? byDistance : y.Id.CompareTo(x.Id);
        }
    }
}
