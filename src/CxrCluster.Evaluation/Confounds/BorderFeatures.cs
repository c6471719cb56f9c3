namespace CxrCluster.Evaluation.Confounds;

/// <summary>
/// What the outer tenth of a picture looks like: where markers, collimation, padding and burnt-in text are, and lungs
/// hardly ever.
/// </summary>
public static class BorderFeatures
{
    private const int Grid = 20;
    private const int Depth = 2;
    private const int Bins = 16;

    /// <summary>How many numbers there are.</summary>
    public const int Count = Grid * Grid - (Grid - 2 * Depth) * (Grid - 2 * Depth) + Bins;

    /// <summary>
    /// Mean brightness (0 to 1) of each cell of a frame two cells deep on a grid of 20 x 20 cells, then the frame's
    /// histogram in 16 bins (shares).
    /// </summary>
    /// <param name="pixels">Row by row, side x side.</param>
    /// <param name="side">At least 20.</param>
    public static double[] Of(ReadOnlySpan<byte> pixels, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, Grid);
        var features = new List<double>(Count);
        double[] histogram = new double[Bins];
        int inFrame = 0;
        for (int row = 0; row < Grid; row++)
        for (int column = 0; column < Grid; column++)
        {
            if (!IsFrame(row) && !IsFrame(column))
                continue;
            (int top, int bottom) = (row * side / Grid, (row + 1) * side / Grid);
            (int left, int right) = (column * side / Grid, (column + 1) * side / Grid);
            long sum = 0;
            for (int y = top; y < bottom; y++)
                foreach (byte pixel in pixels.Slice(y * side + left, right - left))
                {
                    sum += pixel;
                    histogram[pixel * Bins / 256]++;
                }
            int area = (bottom - top) * (right - left);
            inFrame += area;
            features.Add(sum / (255.0 * area));
        }
        features.AddRange(histogram.Select(count => count / inFrame));
        return [.. features];
    }

    private static bool IsFrame(int cell) => cell is < Depth or >= Grid - Depth;
}
