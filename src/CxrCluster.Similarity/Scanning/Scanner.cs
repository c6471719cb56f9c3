using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// One worker's pass over segments for a number of queries. It discards by codes (or, where there are none, by float32
/// distances) only what provably is not among the k nearest, and measures the rest in double.
/// </summary>
internal sealed class Scanner<TId>
    where TId : notnull, IComparable<TId>
{
    private readonly int _dimension;
    private readonly int _groups;
    private readonly IReadOnlyList<float[]> _queries;
    private readonly Nearest<TId>[] _nearest;
    private readonly Func<TId, bool>? _wanted;
    private readonly EncodedQuery[] _encoded;
    private readonly int[] _codes;
    private readonly int[] _dots = new int[DotKernel.QueriesAtOnce * CodeBlocks.Vectors];
    private readonly float[] _bars = new float[DotKernel.QueriesAtOnce];
    private readonly double _relativeError;
    private readonly double _absoluteError;

    public Scanner(IReadOnlyList<float[]> queries, Nearest<TId>[] nearest, Func<TId, bool>? wanted)
    {
        (_queries, _nearest, _wanted) = (queries, nearest, wanted);
        _dimension = queries[0].Length;
        _groups = CodeBlocks.Groups(_dimension);
        _encoded = [.. queries.Take(DotKernel.QueriesAtOnce).Select(_ => new EncodedQuery(_dimension))];
        _codes = new int[DotKernel.QueriesAtOnce * _groups];
        // How far the float32 distance can lie above the true one: at most one rounding of 2^-24 per addition and three
        // per term, doubled to be safe; and one Epsilon per term where squares leave the normal range.
        _relativeError = (_dimension + 8) * Math.Pow(2, -23);
        _absoluteError = Math.Sqrt(_dimension * (double)float.Epsilon);
    }

    /// <summary>Offers every row of a segment that may belong.</summary>
    public void Scan(Segment<TId> segment, int rows)
    {
        // a segment that has filled up since this search began has codes, but also rows that are not to be seen
        if (rows < Segment<TId>.Rows || segment.Codes is not { } codes)
        {
            for (int query = 0; query < _queries.Count; query++)
                Measure(segment, rows, query);
            return;
        }
        int first = 0;
        for (; first + DotKernel.QueriesAtOnce <= _queries.Count; first += DotKernel.QueriesAtOnce)
            ScanCodes(segment, codes, first, DotKernel.QueriesAtOnce);
        for (; first < _queries.Count; first++)
            ScanCodes(segment, codes, first, 1);
    }

    private void ScanCodes(Segment<TId> segment, SegmentCodes codes, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!_encoded[i].Encode(_queries[first + i], codes, _codes.AsSpan(i * _groups, _groups)))
            {
                for (int query = first; query < first + count; query++)
                    Measure(segment, Segment<TId>.Rows, query);
                return;
            }
            _bars[i] = _encoded[i].Bar(_nearest[first + i].Farthest);
        }
        for (int block = 0; block < Segment<TId>.Rows / CodeBlocks.Vectors; block++)
        {
            if (count == 1)
                DotKernel.One(codes.Block(block), _codes.AsSpan(0, _groups), _dots);
            else
                DotKernel.Four(codes.Block(block), _codes, _dots);
            Vector512<float> norms = Vector512.LoadUnsafe(
                ref MemoryMarshal.GetArrayDataReference(codes.Norms),
                (nuint)(block * CodeBlocks.Vectors)
            );
            for (int i = 0; i < count; i++)
            {
                var dots = Vector512.LoadUnsafe(
                    ref MemoryMarshal.GetArrayDataReference(_dots),
                    (nuint)(i * CodeBlocks.Vectors)
                );
                Vector512<float> reached = Vector512.ConvertToSingle(dots) * _encoded[i].Factor - norms;
                ulong candidates = Vector512
                    .GreaterThanOrEqual(reached, Vector512.Create(_bars[i]))
                    .ExtractMostSignificantBits();
                if (candidates != 0)
                    Consider(segment, block * CodeBlocks.Vectors, candidates, first, i);
            }
        }
    }

    private void Consider(Segment<TId> segment, int row, ulong candidates, int first, int i)
    {
        Nearest<TId> nearest = _nearest[first + i];
        for (; candidates != 0; candidates &= candidates - 1)
            Offer(segment, row + System.Numerics.BitOperations.TrailingZeroCount(candidates), first + i);
        _bars[i] = _encoded[i].Bar(nearest.Farthest);
    }

    /// <summary>A segment without codes, or one whose codes say nothing to this query.</summary>
    private void Measure(Segment<TId> segment, int rows, int query)
    {
        Nearest<TId> nearest = _nearest[query];
        for (int row = 0; row < rows; row++)
        {
            float estimate = TensorPrimitives.Distance(_queries[query], segment.Vector(row));
            // Beyond the range of float the estimate says nothing.
            if (
                estimate > nearest.Farthest * (1 + _relativeError) + _absoluteError
                && !float.IsPositiveInfinity(estimate)
            )
                continue;
            Offer(segment, row, query);
        }
    }

    private void Offer(Segment<TId> segment, int row, int query)
    {
        TId id = segment.Id(row);
        if (_wanted is null || _wanted(id))
        {
            double distance = EuclideanDistance.Between(_queries[query], segment.Vector(row));
            if (distance <= _nearest[query].Farthest)
                _nearest[query].Offer(id, distance);
        }
    }
}
