namespace CxrCluster.Synthesis.Rendering;

/// <summary>A plane of floats: attenuation, share of air, or brightness by pixel.</summary>
internal sealed class Raster(int width, int height)
{
    /// <summary>Columns.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Row-major values.</summary>
    public float[] Values { get; } = new float[width * height];

    /// <summary>One row.</summary>
    public Span<float> Row(int y) => Values.AsSpan(y * Width, Width);

    /// <summary>A raster of the same values.</summary>
    public Raster Copy()
    {
        var copy = new Raster(Width, Height);
        Values.CopyTo(copy.Values, 0);
        return copy;
    }

    /// <summary>Sum of all values.</summary>
    public double Sum()
    {
        var sum = 0.0;
        foreach (var value in Values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>
    /// Blurs in place: three box filters of fractional width, close to a Gaussian of the given standard deviation, at a cost
    /// that does not grow with it. Pixels beyond the edge repeat the edge.
    /// </summary>
    /// <param name="sigma">Standard deviation in pixels; 0 leaves the raster as it is.</param>
    public void Blur(float sigma)
    {
        if (sigma <= 0)
        {
            return;
        }

        // Extended box filter (Gwosdek et al. 2011): whole pixels plus a share of the next ones, so that the variance of each
        // of the three is exactly a third of the wanted one.
        var variance = sigma * sigma / 3;
        var whole = (int)((MathF.Sqrt(1 + (12 * variance)) - 1) / 2);
        var pixels = (2 * whole) + 1;
        var part = pixels * (variance - (whole * (whole + 1) / 3f)) / (2 * (((whole + 1) * (whole + 1)) - variance));
        var buffer = new float[Values.Length];
        for (var pass = 0; pass < 3; pass++)
        {
            BlurRows(Values, buffer, whole, part);
            BlurColumns(buffer, Values, whole, part);
        }
    }

    private void BlurRows(float[] from, float[] to, int whole, float part)
    {
        var scale = 1 / ((2 * (whole + part)) + 1);
        for (var y = 0; y < Height; y++)
        {
            var source = from.AsSpan(y * Width, Width);
            var target = to.AsSpan(y * Width, Width);
            var sum = 0.0;
            for (var i = -whole; i <= whole; i++)
            {
                sum += source[Math.Clamp(i, 0, Width - 1)];
            }

            for (var x = 0; x < Width; x++)
            {
                var before = source[Math.Max(x - whole - 1, 0)];
                var after = source[Math.Min(x + whole + 1, Width - 1)];
                target[x] = (float)((sum + (part * (before + after))) * scale);
                sum += after - source[Math.Max(x - whole, 0)];
            }
        }
    }

    private void BlurColumns(float[] from, float[] to, int whole, float part)
    {
        var scale = 1 / ((2 * (whole + part)) + 1);
        var sums = new double[Width];
        ReadOnlySpan<float> Source(int y) => from.AsSpan(Math.Clamp(y, 0, Height - 1) * Width, Width);
        for (var i = -whole; i <= whole; i++)
        {
            var source = Source(i);
            for (var x = 0; x < sums.Length; x++)
            {
                sums[x] += source[x];
            }
        }

        for (var y = 0; y < Height; y++)
        {
            var before = Source(y - whole - 1);
            var first = Source(y - whole);
            var after = Source(y + whole + 1);
            var target = to.AsSpan(y * Width, Width);
            for (var x = 0; x < sums.Length; x++)
            {
                target[x] = (float)((sums[x] + (part * (before[x] + after[x]))) * scale);
                sums[x] += after[x] - first[x];
            }
        }
    }
}
