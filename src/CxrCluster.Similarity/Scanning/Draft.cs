namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// A change of the segments that readers do not see before it is finished. Rows after the last one shown are written in
/// place; a segment of which a shown row changes is copied first.
/// </summary>
internal sealed class Draft<TId>(int dimension, Segment<TId>[] segments, int count)
{
    private readonly List<Segment<TId>> _segments = [.. segments];
    private readonly HashSet<int> _copied = [];

    /// <summary>How many rows there will be.</summary>
    public int Count { get; private set; } = count;

    /// <summary>The id in a row.</summary>
    public TId Id(int row)
    {
        (int place, int at) = Split(row);
        return _segments[place].Id(at);
    }

    public void Append(TId id, ReadOnlySpan<float> vector)
    {
        (int place, int at) = Split(Count++);
        if (place == _segments.Count)
            _segments.Add(new Segment<TId>(dimension));
        if (!_segments[place].HasRoom(at))
            _segments[place] = _segments[place].Copy(at, at + 1);
        _segments[place].Write(at, id, vector);
    }

    public void Replace(int row, TId id, ReadOnlySpan<float> vector)
    {
        (int place, int at) = Split(row);
        if (_copied.Add(place))
            _segments[place] = _segments[place].Copy(RowsOf(place), RowsOf(place));
        _segments[place].Write(at, id, vector);
    }

    /// <summary>Removes a row; the last takes its place. Returns the last one's id.</summary>
    public TId RemoveAt(int row)
    {
        (int place, int at) = Split(Count - 1);
        Segment<TId> last = _segments[place];
        TId moved = last.Id(at);
        if (row != Count - 1)
            Replace(row, moved, last.Vector(at));
        Count--;
        // The row may still be read by those who were shown it: the next one goes to a copy.
        _segments[place] = _segments[place].Copy(at, at);
        return moved;
    }

    /// <summary>Full segments get their codes.</summary>
    public (Segment<TId>[] Segments, int Count) Finish()
    {
        foreach (Segment<TId> full in _segments.Take(Count / Segment<TId>.Rows).Where(segment => segment.Codes is null))
            full.Seal();
        return ([.. _segments.Take((Count + Segment<TId>.Rows - 1) / Segment<TId>.Rows)], Count);
    }

    private static (int Place, int Row) Split(int row) => (row / Segment<TId>.Rows, row % Segment<TId>.Rows);

    private int RowsOf(int place) => Math.Min(Count - place * Segment<TId>.Rows, Segment<TId>.Rows);
}
