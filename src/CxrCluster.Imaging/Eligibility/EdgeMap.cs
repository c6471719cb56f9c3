using OpenCvSharp;

namespace CxrCluster.Imaging.Eligibility;

/// <summary>Where a picture changes steeply from one row to the next: its horizontal edges.</summary>
internal sealed class EdgeMap
{
    // More lines than rectangles have; keeps the search short in pictures full of cables.
    private const int MostLines = 60;

    // Pixels at either end of the picture that count as its side.
    private const int SideWidth = 3;

    // Noise and anatomy of the box's own value interrupt an edge.
    private const int Gap = 2;
    private const double LeastRunCoverage = 0.8;

    private readonly int _width;
    private readonly int _height;

    // sums[y][x]: edge pixels left of x in row y or the rows beside it.
    private readonly int[][] _sums;
    private readonly bool[][] _edges;

    private EdgeMap(bool[][] edges, int width)
    {
        (_width, _height, _edges) = (width, edges.Length, edges);
        _sums = new int[_height][];
        for (var y = 0; y < _height; y++)
        {
            _sums[y] = new int[width + 1];
            for (var x = 0; x < width; x++)
            {
                var edge = edges[y][x] || (y > 0 && edges[y - 1][x]) || (y + 1 < _height && edges[y + 1][x]);
                _sums[y][x + 1] = _sums[y][x] + (edge ? 1 : 0);
            }
        }
    }

    /// <summary>
    /// Marks the pixels whose neighbours above and below differ by more than <paramref name="leastStep"/>, and by more than
    /// nine tenths of the pixels do: noise has edges everywhere, so in a noisy picture only steeper ones count.
    /// </summary>
    public static EdgeMap Of(Mat picture, float leastStep)
    {
        var (width, height) = (picture.Cols, picture.Rows);
        var rows = picture.AsRows<float>();
        var differences = new float[height][];
        for (var y = 0; y < height; y++)
        {
            differences[y] = new float[width];
            if (y == 0 || y == height - 1)
            {
                continue;
            }

            var above = rows[y - 1];
            var below = rows[y + 1];
            for (var x = 0; x < width; x++)
            {
                differences[y][x] = Math.Abs(below[x] - above[x]);
            }
        }

        var step = Math.Max(leastStep, Percentile(differences, 0.9));
        return new EdgeMap([.. differences.Select(row => Array.ConvertAll(row, value => value > step))], width);
    }

    /// <summary>
    /// Share of columns <paramref name="from"/> to <paramref name="to"/> with an edge in row <paramref name="y"/> or beside
    /// it; 1 along the picture's own sides, rows 0 and the height.
    /// </summary>
    public double Coverage(int y, int from, int to) =>
        y == 0 || y == _height ? 1 : (double)(_sums[y][to] - _sums[y][from]) / (to - from);

    /// <summary>
    /// The rows, ascending, that hold a run of edge pixels of at least <paramref name="leastLength"/>, the longest runs'
    /// ones if there are many; always with the picture's own sides, 0 and the height.
    /// </summary>
    public IReadOnlyList<int> LinesWithRuns(int leastLength) =>
        [
            0,
            .. Enumerable
                .Range(SideWidth, Math.Max(0, _height - (2 * SideWidth)))
                .Select(y => (Y: y, Length: LongestRun(_edges[y])))
                .Where(line => line.Length >= leastLength)
                .OrderByDescending(line => line.Length)
                .Take(MostLines)
                .Select(line => line.Y)
                .Order(),
            _height,
        ];

    /// <summary>The value that a share of all differences does not exceed, to a whole unit.</summary>
    private static float Percentile(float[][] differences, double share)
    {
        var counts = new int[1024];
        foreach (var value in differences.SelectMany(row => row))
        {
            counts[Math.Min((int)value, counts.Length - 1)]++;
        }

        var wanted = share * counts.Sum();
        var seen = 0;
        return Array.FindIndex(counts, count => (seen += count) >= wanted) + 1;
    }

    private int LongestRun(bool[] edges)
    {
        var (longest, start, last, count) = (0, 0, -1 - Gap, 0);
        for (var x = 0; x < _width; x++)
        {
            if (!edges[x])
            {
                continue;
            }

            if (x - last > Gap + 1)
            {
                (start, count) = (x, 0);
            }

            last = x;
            count++;
            var length = x - start + 1;
            if (count >= LeastRunCoverage * length)
            {
                longest = Math.Max(longest, length);
            }
        }

        return longest;
    }
}
