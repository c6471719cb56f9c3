namespace CxrCluster.Dicom.Decoding;

/// <summary>
/// Remembers which contents killed children. Two deaths are no accident: such a file gets no third child. Bounded: the
/// contents that were not seen for longest are forgotten.
/// </summary>
internal sealed class Quarantine(int capacity)
{
    /// <summary>Deaths after which a content is no longer tried.</summary>
    public const int MostDeaths = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Hash, int Deaths)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Hash, int Deaths)> _bySight = new();

    /// <summary>Contents remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>Whether the content is no longer tried.</summary>
    public bool Holds(string hash)
    {
        lock (_lock)
        {
            return _known.TryGetValue(hash, out var node) && node.Value.Deaths >= MostDeaths;
        }
    }

    /// <summary>Counts a death; returns the content's deaths so far.</summary>
    public int AddDeath(string hash)
    {
        lock (_lock)
        {
            var deaths = 1;
            if (_known.Remove(hash, out var node))
            {
                deaths += node.Value.Deaths;
                _bySight.Remove(node);
            }

            _known[hash] = _bySight.AddLast((hash, deaths));
            if (_known.Count > capacity)
            {
                _known.Remove(_bySight.First!.Value.Hash);
                _bySight.RemoveFirst();
            }

            return deaths;
        }
    }
}
