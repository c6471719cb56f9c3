namespace CxrCluster.Evaluation.Confounds;

/// <summary>Takes the lungs out of a picture, to see what a classifier says of the rest.</summary>
public static class LungMask
{
    private const byte Lung = 128;
    private const double Margin = 0.05;

    /// <summary>
    /// Replaces the lungs by the mean grey of what remains. The segmenter's lungs are widened by 5 % of the side, and each
    /// row is filled from its leftmost to its rightmost lung pixel: an infiltrate that the segmenter leaves out of the lung
    /// would otherwise stay visible, as picture and as a notch in the mask.
    /// </summary>
    /// <param name="pixels">Row by row, side x side.</param>
    /// <param name="lungMap">Lung probability of the same picture, 0 to 255.</param>
    /// <returns>The picture without lungs and the share that was replaced; null if the map shows no lung.</returns>
    public static (byte[] Pixels, double Share)? Remove(byte[] pixels, byte[] lungMap, int side)
    {
        int margin = Math.Max(1, (int)Math.Round(Margin * side));
        (int Left, int Right)[] spans = [.. Enumerable.Range(0, side).Select(y => SpanOf(lungMap, y, side))];
        byte[] without = (byte[])pixels.Clone();
        bool[] masked = new bool[pixels.Length];
        for (int y = 0; y < side; y++)
        {
            var near = spans[Math.Max(0, y - margin)..Math.Min(side, y + margin + 1)].Where(s => s.Left <= s.Right);
            if (!near.Any())
                continue;
            int left = Math.Max(0, near.Min(s => s.Left) - margin);
            int right = Math.Min(side - 1, near.Max(s => s.Right) + margin);
            masked.AsSpan(y * side + left, right - left + 1).Fill(true);
        }
        int count = masked.Count(m => m);
        if (count == 0)
            return null;
        double mean = pixels.Where((_, i) => !masked[i]).Select(p => (double)p).DefaultIfEmpty(Lung).Average();
        for (int i = 0; i < without.Length; i++)
            if (masked[i])
                without[i] = (byte)Math.Round(mean);
        return (without, (double)count / pixels.Length);
    }

    private static (int Left, int Right) SpanOf(byte[] map, int y, int side)
    {
        ReadOnlySpan<byte> row = map.AsSpan(y * side, side);
        return (row.IndexOfAnyInRange(Lung, byte.MaxValue) is var left and >= 0 ? left : side, LastIn(row));

        static int LastIn(ReadOnlySpan<byte> row) => row.LastIndexOfAnyInRange(Lung, byte.MaxValue);
    }
}
