namespace CxrCluster.Imaging.Tests.Support;

/// <summary>Radiographs made up for tests.</summary>
internal static class Pictures
{
    public static ImageProvenance Provenance { get; } = new("made-up", "PNG", new string('0', 64));

    /// <summary>Values from a function of (x, y).</summary>
    public static Radiograph Of(int width, int height, int bitDepth, Func<int, int, int> value)
    {
        var pixels = new ushort[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (ushort)value(i % width, i / width);
        }

        return new Radiograph(width, height, bitDepth, pixels, Provenance);
    }

    /// <summary>Uniform noise over all values.</summary>
    public static Radiograph Noise(int width, int height, int bitDepth, int seed)
    {
        var random = new Random(seed);
        return Of(width, height, bitDepth, (_, _) => random.Next(1 << bitDepth));
    }

    /// <summary>
    /// Something like a chest, 8-bit: a bright body with two dark lungs, noise, and no flat area. It fills the picture.
    /// </summary>
    public static Radiograph Chest(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        return Of(
            width,
            height,
            8,
            (x, y) =>
            {
                var (u, v) = ((2.0 * x / width) - 1, (2.0 * y / height) - 1);
                var lung = Math.Exp(-6 * (Math.Pow(Math.Abs(u) - 0.45, 2) + (0.5 * v * v)));
                var ribs = 12 * Math.Sin(18 * (v + (0.4 * u * u)));
                return Math.Clamp((int)(190 - (120 * lung) + ribs - (20 * v) + random.Next(-6, 7)), 1, 254);
            }
        );
    }

    /// <summary>The picture on a larger canvas of one value.</summary>
    public static Radiograph Framed(Radiograph r, int left, int top, int right, int bottom, int value) =>
        Of(
            left + r.Width + right,
            top + r.Height + bottom,
            r.BitDepth,
            (x, y) =>
                x >= left && x < left + r.Width && y >= top && y < top + r.Height
                    ? r.Pixels[((y - top) * r.Width) + x - left]
                    : value
        );
}
