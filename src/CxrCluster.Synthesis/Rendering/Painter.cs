using System.Numerics;
using OpenCvSharp;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>Draws shapes given in body coordinates into rasters of one size.</summary>
internal sealed class Painter(int width, int height, Frame frame)
{
    // OpenCV takes polygon corners in 1/16 pixel.
    private const int SubpixelBits = 4;

    // Thinner strokes are drawn this wide (in pixels) and correspondingly fainter.
    private const float ThinnestHalfWidth = 0.75f;

    /// <summary>Where the body is.</summary>
    public Frame Frame { get; } = frame;

    /// <summary>An empty raster of the picture's size.</summary>
    public Raster Blank() => new(width, height);

    /// <summary>The inside of a polygon: 1 inside, 0 outside, the covered share at the edge.</summary>
    public Raster Fill(params ReadOnlySpan<Vector2[]> polygons)
    {
        using var mat = new Mat(height, width, MatType.CV_8UC1, Scalar.Black);
        foreach (var polygon in polygons)
        {
            var corners = polygon
                .Select(p => Frame.ToPixel(p) * (1 << SubpixelBits))
                .Select(p => new Point((int)MathF.Round(p.X), (int)MathF.Round(p.Y)));
            Cv2.FillPoly(mat, [corners], Scalar.White, LineTypes.AntiAlias, SubpixelBits);
        }

        mat.GetArray(out byte[] covered);
        var raster = Blank();
        for (var i = 0; i < covered.Length; i++)
        {
            raster.Values[i] = covered[i] * (1f / 255);
        }

        return raster;
    }

    /// <summary>Sets every pixel by a function of its body coordinates.</summary>
    public void Set(Raster target, Func<Vector2, float> value)
    {
        for (var y = 0; y < height; y++)
        {
            var row = target.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = value(Frame.ToBody(x, y));
            }
        }
    }

    /// <summary>
    /// Fills a share (0 to 1) of what is still empty within a box of the body: two halves make three quarters.
    /// </summary>
    public void Merge(Raster target, Vector2 low, Vector2 high, Func<Vector2, float> share)
    {
        var area = Pixels(low, high);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = target.Row(y);
            for (var x = area.Left; x < area.Right; x++)
            {
                row[x] += (1 - row[x]) * Math.Clamp(share(Frame.ToBody(x, y)), 0, 1);
            }
        }
    }

    /// <summary>Adds an ellipse: amount * (1 - r^2)^power at share r of its radius.</summary>
    public void Ellipse(Raster target, Vector2 center, Vector2 radii, float angle, float amount, float power = 0.5f)
    {
        var reach = new Vector2(Math.Max(radii.X, radii.Y));
        var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
        var area = Pixels(center - reach, center + reach);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = target.Row(y);
            for (var x = area.Left; x < area.Right; x++)
            {
                var d = Frame.ToBody(x, y) - center;
                var u = ((d.X * cos) + (d.Y * sin)) / radii.X;
                var v = ((d.Y * cos) - (d.X * sin)) / radii.Y;
                var inside = 1 - (u * u) - (v * v);
                if (inside > 0)
                {
                    row[x] += amount * Power(inside, power);
                }
            }
        }
    }

    /// <summary>Adds a stroke along a path. Where the stroke overlaps itself the stronger part counts, once.</summary>
    public void Stroke(Raster target, ReadOnlySpan<StrokePoint> path, StrokeShape shape)
    {
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        foreach (var point in path)
        {
            var pixel = Frame.ToPixel(point.At);
            var reach = new Vector2(Math.Max(point.HalfWidth * Frame.Scale, ThinnestHalfWidth) + 1);
            low = Vector2.Min(low, pixel - reach);
            high = Vector2.Max(high, pixel + reach);
        }

        var area = Clip(low, high);
        if (area.Width <= 0 || area.Height <= 0)
        {
            return;
        }

        var scratch = new float[area.Width * area.Height];
        for (var i = 0; i < path.Length - 1; i++)
        {
            Segment(scratch, area, path[i], path[i + 1], shape);
        }

        for (var y = 0; y < area.Height; y++)
        {
            var row = target.Row(area.Top + y).Slice(area.Left, area.Width);
            var drawn = scratch.AsSpan(y * area.Width, area.Width);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] += drawn[x];
            }
        }
    }

    /// <summary>Adds a stroke of constant width and amount.</summary>
    public void Stroke(Raster target, ReadOnlySpan<Vector2> path, float halfWidth, float amount, StrokeShape shape)
    {
        var points = new StrokePoint[path.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new StrokePoint(path[i], halfWidth, amount);
        }

        Stroke(target, points, shape);
    }

    private void Segment(float[] scratch, Rect area, StrokePoint from, StrokePoint to, StrokeShape shape)
    {
        var (a, b) = (Frame.ToPixel(from.At), Frame.ToPixel(to.At));
        var (widthA, amountA) = Visible(from);
        var (widthB, amountB) = Visible(to);
        var reach = new Vector2(Math.Max(widthA, widthB) + 1);
        var part = Clip(Vector2.Min(a, b) - reach, Vector2.Max(a, b) + reach) & area;
        var along = b - a;
        var perLength = 1 / Math.Max(along.LengthSquared(), 1e-6f);
        for (var y = part.Top; y < part.Bottom; y++)
        {
            var row = scratch.AsSpan((y - area.Top) * area.Width, area.Width);
            for (var x = part.Left; x < part.Right; x++)
            {
                var p = new Vector2(x, y) - a;
                var t = Math.Clamp(Vector2.Dot(p, along) * perLength, 0, 1);
                var half = widthA + ((widthB - widthA) * t);
                var r2 = (p - (t * along)).LengthSquared() / (half * half);
                if (r2 < 1)
                {
                    var value = (amountA + ((amountB - amountA) * t)) * shape.Strength(r2);
                    ref var cell = ref row[x - area.Left];
                    cell = MathF.Abs(value) > MathF.Abs(cell) ? value : cell;
                }
            }
        }
    }

    private (float HalfWidth, float Amount) Visible(StrokePoint point)
    {
        var half = point.HalfWidth * Frame.Scale;
        return half >= ThinnestHalfWidth
            ? (half, point.Amount)
            : (ThinnestHalfWidth, point.Amount * half / ThinnestHalfWidth);
    }

    private static float Power(float value, float power) =>
        power switch
        {
            0.5f => MathF.Sqrt(value),
            1f => value,
            2f => value * value,
            _ => MathF.Pow(value, power),
        };

    // The pixels that may see a box of the body, which may be tilted.
    private Rect Pixels(Vector2 low, Vector2 high)
    {
        var middle = Frame.ToPixel((low + high) / 2);
        var reach = new Vector2((high - low).Length() / 2 * Frame.Scale);
        return Clip(middle - reach, middle + reach);
    }

    private Rect Clip(Vector2 low, Vector2 high)
    {
        var left = (int)Math.Clamp(MathF.Floor(low.X), 0, width);
        var top = (int)Math.Clamp(MathF.Floor(low.Y), 0, height);
        var right = (int)Math.Clamp(MathF.Ceiling(high.X) + 1, 0, width);
        var bottom = (int)Math.Clamp(MathF.Ceiling(high.Y) + 1, 0, height);
        return new Rect(left, top, Math.Max(right - left, 0), Math.Max(bottom - top, 0));
    }
}
