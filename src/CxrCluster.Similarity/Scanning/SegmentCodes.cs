namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// 8-bit codes of a segment's vectors with all that a proof needs: a vector is <c>Origin + Scale · c</c>, c in [-128, 127]
/// per component, up to an error whose Euclidean length is at most <see cref="Error" />.
/// </summary>
internal sealed class SegmentCodes
{
    /// <summary>What a stored byte exceeds the code by.</summary>
    public const int Zero = 128;

    private const int Steps = 255;

    /// <summary>Covers the rounding of the double arithmetic in here and in the distances, many times over.</summary>
    private const double Slack = 1e-11;

    private readonly byte[] _blocks;
    private readonly int _blockBytes;

    private SegmentCodes(byte[] blocks, int blockBytes, float[] norms, double origin, double scale, double error)
    {
        (_blocks, _blockBytes, Norms) = (blocks, blockBytes, norms);
        (Origin, Scale, Error) = (origin, scale, error);
    }

    /// <summary>Σ c² of every vector: an integer, rounded to float32 once.</summary>
    public float[] Norms { get; }

    /// <summary>The value of code 0.</summary>
    public double Origin { get; }

    /// <summary>The value of one step; 0 when all components of all vectors are equal.</summary>
    public double Scale { get; }

    /// <summary>The largest Euclidean distance between a vector and what its codes say.</summary>
    public double Error { get; }

    /// <summary>Size in memory.</summary>
    public long Bytes => _blocks.Length + sizeof(float) * (long)Norms.Length;

    /// <summary>16 vectors.</summary>
    public ReadOnlySpan<byte> Block(int block) => _blocks.AsSpan(block * _blockBytes, _blockBytes);

    /// <summary>Codes of vectors that lie row after row; the number of rows is a multiple of 16.</summary>
    public static SegmentCodes Of(ReadOnlySpan<float> vectors, int dimension)
    {
        int rows = vectors.Length / dimension;
        (double least, double most) = Range(vectors);
        double scale = (most - least) / Steps;
        double origin = least + Zero * scale;
        int blockBytes = CodeBlocks.Bytes(dimension);
        var blocks = new byte[rows / CodeBlocks.Vectors * blockBytes];
        var norms = new float[rows];
        double worst = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(row * dimension, dimension);
            long norm = 0;
            double error = 0;
            for (int i = 0; i < dimension; i++)
            {
                int step = scale > 0 ? (int)Math.Clamp(Math.Round((vector[i] - least) / scale), 0, Steps) : Zero;
                blocks[CodeBlocks.Offset(dimension, row, i)] = (byte)step;
                int code = step - Zero;
                norm += code * code;
                double difference = vector[i] - (origin + scale * code);
                error += difference * difference;
            }
            norms[row] = norm;
            worst = Math.Max(worst, error);
        }
        double magnitude = Math.Max(Math.Abs(least), Math.Abs(most)) * Math.Sqrt(dimension);
        return new SegmentCodes(blocks, blockBytes, norms, origin, scale, Math.Sqrt(worst) + Slack * magnitude);
    }

    private static (double Least, double Most) Range(ReadOnlySpan<float> vectors) =>
        (System.Numerics.Tensors.TensorPrimitives.Min(vectors), System.Numerics.Tensors.TensorPrimitives.Max(vectors));
}
