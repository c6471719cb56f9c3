using System.Runtime.InteropServices;

namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// A query in the terms of one segment's codes. It turns "this vector is farther than the k-th nearest so far" into a
/// comparison of integers, with every rounding on the safe side.
/// </summary>
/// <remarks>
/// With v = o + s c + ε, q = o + r d + η (|d| at most 63): |q - v| is at least |r d - s c| - |ε| - |η|. In units of s, with
/// ρ = r / s: |r d - s c|² / s² = ρ² d·d - 2 ρ d·c + c·c. So v is farther than t if
/// 2 ρ d·c - c·c is below ρ² d·d - ((t + |ε| + |η|) / s)².
/// </remarks>
internal sealed class EncodedQuery(int dimension)
{
    private const int Most = 63;

    /// <summary>A query that lies so many times the segment's own spread away sees all its vectors alike.</summary>
    private const double LargestRatio = 4096;

    /// <summary>Covers the rounding of double arithmetic, many times over.</summary>
    private const double Slack = 1e-11;

    /// <summary>The unit roundoff of float32, times the number of roundings in the test, doubled.</summary>
    private const double FloatSlack = 10.0 / (1 << 24);

    private double _scale;
    private double _constant;
    private double _error;
    private double _floatError;

    /// <summary>2 ρ.</summary>
    public float Factor { get; private set; }

    /// <summary>Codes the query for a segment.</summary>
    /// <param name="codes">Receives four codes per element.</param>
    /// <returns>False when the codes cannot tell the segment's vectors apart from here: measure them all.</returns>
    public bool Encode(ReadOnlySpan<float> query, SegmentCodes segment, Span<int> codes)
    {
        double origin = segment.Origin;
        double most = Math.Max(
            Math.Abs(System.Numerics.Tensors.TensorPrimitives.Min(query) - origin),
            Math.Abs(System.Numerics.Tensors.TensorPrimitives.Max(query) - origin)
        );
        double step = most / Most;
        double ratio = step / segment.Scale; // NaN or infinite when the segment's scale is 0
        if (!(ratio <= LargestRatio))
            return false;
        Span<sbyte> bytes = MemoryMarshal.Cast<int, sbyte>(codes);
        bytes.Clear();
        double inverse = step > 0 ? 1 / step : 0;
        (long norm, long sum, double error) = (0, 0, 0);
        for (int i = 0; i < query.Length; i++)
        {
            double value = query[i] - origin;
            int code = Math.Clamp((int)Math.Round(value * inverse), -Most, Most);
            bytes[i] = (sbyte)code;
            norm += code * code;
            sum += code;
            double difference = value - step * code;
            error += difference * difference;
        }
        _scale = segment.Scale;
        // dots are taken with c + 128: 2 ρ d·(c + 128) = 2 ρ d·c + 256 ρ Σd
        _constant = ratio * ratio * norm + 2 * SegmentCodes.Zero * ratio * sum;
        double magnitude = (most + Math.Abs(origin)) * Math.Sqrt(query.Length);
        _error = Math.Sqrt(error) + segment.Error + Slack * magnitude;
        Factor = (float)(2 * ratio);
        _floatError = FloatSlack * dimension * (2 * ratio * Most * 255 + (double)SegmentCodes.Zero * SegmentCodes.Zero);
        return true;
    }

    /// <summary>
    /// The number that <c>Factor · dot - norm</c> must reach: below it, in float32 arithmetic, a vector is farther than
    /// <paramref name="farthest" />.
    /// </summary>
    public float Bar(double farthest)
    {
        double reach = (farthest * (1 + Slack) + _error) / _scale * (1 + Slack);
        return MathF.BitDecrement((float)(_constant - reach * reach - _floatError));
    }
}
