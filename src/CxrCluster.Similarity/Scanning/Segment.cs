namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// A fixed number of rows: ids and vectors, and codes once it is full. A full segment never changes; of the last one, rows
/// beyond the published count may be written while others read the rows before.
/// </summary>
internal sealed class Segment<TId>
{
    /// <summary>Rows of a full segment: a multiple of 16, and large enough that coding a query costs little beside scanning.</summary>
    public const int Rows = 4096;

    private const int FirstRows = 64;

    private readonly int _dimension;
    private TId[] _ids;
    private float[] _vectors;

    public Segment(int dimension)
    {
        _dimension = dimension;
        _ids = new TId[FirstRows];
        _vectors = new float[FirstRows * dimension];
    }

    private Segment(int dimension, TId[] ids, float[] vectors) =>
        (_dimension, _ids, _vectors) = (dimension, ids, vectors);

    /// <summary>Null until the segment is sealed.</summary>
    public SegmentCodes? Codes { get; private set; }

    /// <summary>Bytes of vectors, codes and norms.</summary>
    public long Bytes => sizeof(float) * (long)_vectors.Length + (Codes is null ? 0 : Codes.Bytes);

    public TId Id(int row) => _ids[row];

    public ReadOnlySpan<float> Vector(int row) => _vectors.AsSpan(row * _dimension, _dimension);

    /// <summary>Writes a row that no reader has been shown.</summary>
    public void Write(int row, TId id, ReadOnlySpan<float> vector)
    {
        _ids[row] = id;
        vector.CopyTo(_vectors.AsSpan(row * _dimension, _dimension));
    }

    /// <summary>A segment with the same rows (and no codes) that may be written.</summary>
    /// <param name="rows">How many rows to copy.</param>
    /// <param name="room">For how many there must be room.</param>
    public Segment<TId> Copy(int rows, int room)
    {
        int capacity = FirstRows;
        while (capacity < room)
            capacity *= 2;
        var ids = new TId[capacity];
        var vectors = new float[capacity * _dimension];
        _ids.AsSpan(0, rows).CopyTo(ids);
        _vectors.AsSpan(0, rows * _dimension).CopyTo(vectors);
        return new Segment<TId>(_dimension, ids, vectors);
    }

    /// <summary>Whether a row can be written without <see cref="Copy" />.</summary>
    public bool HasRoom(int row) => row < _ids.Length;

    /// <summary>Codes a full segment, before any reader sees it as full.</summary>
    public void Seal() => Codes = SegmentCodes.Of(_vectors, _dimension);
}
