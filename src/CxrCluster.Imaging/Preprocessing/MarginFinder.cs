using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Peels flat margins off a 16-bit picture, side by side; see <see cref="BorderCrop"/> for the rules.</summary>
internal sealed class MarginFinder
{
    // A margin inside a margin (a black frame in a white page) takes another round; more than a few are no margins.
    private const int Rounds = 4;

    private readonly Mat _picture;
    private readonly int _width;
    private readonly int _height;
    private readonly int _tolerance;
    private readonly Dictionary<int, bool[]> _contentByValue = [];

    public MarginFinder(Mat picture)
    {
        _picture = picture;
        (_width, _height) = (picture.Cols, picture.Rows);
        var histogram = new GrayHistogram(picture);
        var range = histogram.Percentile(99.5) - histogram.Percentile(0.5);
        _tolerance = Math.Max(1, (int)(range * BorderCrop.Tolerance));
    }

    private enum Side
    {
        Left,
        Top,
        Right,
        Bottom,
    }

    /// <summary>What remains when no side has a margin any more.</summary>
    public PixelRect Find()
    {
        var rest = new PixelRect(0, 0, _width, _height);
        for (var round = 0; round < Rounds; round++)
        {
            var before = rest;
            foreach (var side in Enum.GetValues<Side>())
            {
                rest = Peel(rest, side);
            }

            if (rest == before)
            {
                break;
            }
        }

        return rest;
    }

    private PixelRect Peel(PixelRect rest, Side side)
    {
        if (FlatValue(OutermostLine(rest, side)) is not { } value)
        {
            return rest;
        }

        var content = Content(value);
        while (rest is { Width: > 1, Height: > 1 } && IsEmpty(content, OutermostLine(rest, side)))
        {
            rest = side switch
            {
                Side.Left => rest with { X = rest.X + 1, Width = rest.Width - 1 },
                Side.Top => rest with { Y = rest.Y + 1, Height = rest.Height - 1 },
                Side.Right => rest with { Width = rest.Width - 1 },
                _ => rest with { Height = rest.Height - 1 },
            };
        }

        return rest;
    }

    private static PixelRect OutermostLine(PixelRect rest, Side side) =>
        side switch
        {
            Side.Left => rest with { Width = 1 },
            Side.Top => rest with { Height = 1 },
            Side.Right => rest with { X = rest.Right - 1, Width = 1 },
            _ => rest with { Y = rest.Bottom - 1, Height = 1 },
        };

    /// <summary>The value that most of the line has; null when there is none, so that the line is no margin.</summary>
    private int? FlatValue(PixelRect line)
    {
        var values = new ushort[line.Area];
        var rows = _picture.AsRows<ushort>();
        for (var y = line.Y; y < line.Bottom; y++)
        {
            rows[y].Slice(line.X, line.Width).CopyTo(values.AsSpan((y - line.Y) * line.Width));
        }

        Array.Sort(values);
        int median = values[values.Length / 2];
        return values.Count(value => Math.Abs(value - median) <= _tolerance) > values.Length / 2 ? median : null;
    }

    private bool IsEmpty(bool[] content, PixelRect line)
    {
        for (var y = line.Y; y < line.Bottom; y++)
        {
            if (content.AsSpan((y * _width) + line.X, line.Width).Contains(true))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where a connected part larger than text differs from <paramref name="value"/>; row-major.</summary>
    private bool[] Content(int value)
    {
        if (_contentByValue.TryGetValue(value, out var known))
        {
            return known;
        }

        using var margin = new Mat();
        using var other = new Mat();
        Cv2.InRange(_picture, Scalar.All(value - _tolerance), Scalar.All(value + _tolerance), margin);
        Cv2.BitwiseNot(margin, other);
        using var labels = new Mat();
        using var statistics = new Mat();
        using var centroids = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(
            other,
            labels,
            statistics,
            centroids,
            PixelConnectivity.Connectivity4,
            MatType.CV_32SC1
        );

        // Label 0 is what has the margin's value.
        var isContent = new bool[count];
        var text = BorderCrop.TextArea * _height * _width;
        for (var label = 1; label < count; label++)
        {
            isContent[label] = statistics.At<int>(label, (int)ConnectedComponentsTypes.Area) > text;
        }

        var content = new bool[_height * _width];
        var labelRows = labels.AsRows<int>();
        for (var y = 0; y < _height; y++)
        {
            var row = labelRows[y];
            for (var x = 0; x < row.Length; x++)
            {
                content[(y * row.Length) + x] = isContent[row[x]];
            }
        }

        return _contentByValue[value] = content;
    }
}
