using System.Runtime.InteropServices;
using OpenCvSharp;

namespace CxrCluster.Imaging.Explanations;

/// <summary>
/// Draws a heat map over the network's input: "inferno", a colour map in which equal steps look equal, as opaque as the heat
/// is strong, so that the radiograph stays visible where nothing was found. A bar on the right says what the colours mean.
/// Text below it names what people must know about the picture.
/// </summary>
public static class HeatMapOverlay
{
    /// <summary>Opacity of the strongest heat.</summary>
    private const double MostOpacity = 0.65;

    private const HersheyFonts Font = HersheyFonts.HersheySimplex;
    private static readonly Scalar Light = Scalar.All(235);
    private static readonly Scalar LungLine = new(230, 216, 120); // BGR: a light blue, in no colour of the map

    /// <summary>The picture: the square, the bar right of it, the lines of text under both.</summary>
    /// <param name="square">What the network saw.</param>
    /// <param name="heat">Of the same side; 255 = strongest.</param>
    /// <param name="lungs">Lung probability times 255, whose outline at 0.5 is drawn; null for none.</param>
    /// <param name="text">Lines under the picture, ASCII; what does not fit is made smaller.</param>
    /// <exception cref="ArgumentException">The sides differ.</exception>
    public static ColourImage Draw(
        SquareImage square,
        SquareImage heat,
        SquareImage? lungs = null,
        params IReadOnlyList<string> text
    )
    {
        int side = square.Side;
        if (heat.Side != side || (lungs ?? heat).Side != side)
            throw new ArgumentException(
                $"The maps have sides {heat.Side} and {lungs?.Side}, the picture {side}: make all with the same model.",
                nameof(heat)
            );
        // below this nobody can read the words
        int shown = Math.Max(side, 384);
        Bar bar = new(shown);
        int line = shown / 22;
        int height = shown + line * text.Count + (text.Count > 0 ? line / 2 : 0);
        using Mat canvas = new(height, shown + bar.Width, MatType.CV_8UC3, Scalar.All(0));
        using (Mat place = canvas[new Rect(0, 0, shown, shown)])
            Blend(square, heat, lungs, place);
        bar.Draw(canvas, shown);
        for (int i = 0; i < text.Count; i++)
            Write(canvas, text[i], new Point(line / 2, shown + line * (i + 1)), line * 0.7, canvas.Width - line);
        return Rgb(canvas);
    }

    /// <summary>PNG of a colour picture.</summary>
    public static byte[] Encode(ColourImage image)
    {
        using Mat rgb = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Rgb);
        using Mat bgr = rgb.CvtColor(ColorConversionCodes.RGB2BGR);
        return bgr.ImEncode(".png");
    }

    private static void Blend(SquareImage square, SquareImage heat, SquareImage? lungs, Mat target)
    {
        using Mat gray = Enlarged(square, target.Size());
        using Mat warmth = Enlarged(heat, target.Size());
        using Mat colours = new();
        using Mat background = gray.CvtColor(ColorConversionCodes.GRAY2BGR);
        Cv2.ApplyColorMap(warmth, colours, ColormapTypes.Inferno);
        using Mat share = new();
        using Mat share3 = warmth.CvtColor(ColorConversionCodes.GRAY2BGR);
        share3.ConvertTo(share, MatType.CV_32FC3, MostOpacity / 255);
        using Mat back = new();
        using Mat front = new();
        background.ConvertTo(back, MatType.CV_32FC3);
        colours.ConvertTo(front, MatType.CV_32FC3);
        using Mat difference = new();
        Cv2.Subtract(front, back, difference);
        using Mat change = difference.Mul(share);
        Cv2.Add(back, change, back);
        back.ConvertTo(target, MatType.CV_8UC3);
        if (lungs is null)
            return;
        using Mat lung = Enlarged(lungs, target.Size());
        using Mat inside = lung.Threshold(127, 255, ThresholdTypes.Binary);
        Cv2.FindContours(
            inside,
            out Point[][] outlines,
            out _,
            RetrievalModes.External,
            ContourApproximationModes.ApproxNone
        );
        Cv2.DrawContours(target, outlines, -1, LungLine, Math.Max(1, target.Width / 400), LineTypes.AntiAlias);
    }

    private static Mat Enlarged(SquareImage image, Size size)
    {
        using Mat own = Mat.FromPixelData(image.Side, image.Side, MatType.CV_8UC1, image.Pixels);
        return own.Resize(size, interpolation: InterpolationFlags.Linear);
    }

    private static void Write(Mat canvas, string text, Point start, double height, int room)
    {
        double scale = Cv2.GetFontScaleFromHeight(Font, (int)height, 1) * 0.75;
        int width = Cv2.GetTextSize(text, Font, scale, 1, out _).Width;
        if (width > room)
            scale *= (double)room / width;
        Cv2.PutText(canvas, text, start, Font, scale, Light, height > 26 ? 2 : 1, LineTypes.AntiAlias);
    }

    private static ColourImage Rgb(Mat bgr)
    {
        using Mat rgb = bgr.CvtColor(ColorConversionCodes.BGR2RGB);
        byte[] pixels = new byte[rgb.Width * rgb.Height * 3];
        Marshal.Copy(rgb.Data, pixels, 0, pixels.Length);
        return new ColourImage(rgb.Width, rgb.Height, pixels);
    }

    /// <summary>The legend: the colours from strongest above to none below.</summary>
    private sealed class Bar(int side)
    {
        private readonly int _unit = side / 24;

        public int Width => _unit * 5;

        public void Draw(Mat canvas, int left)
        {
            int top = _unit * 2;
            int length = side - _unit * 4;
            byte[] ramp =
            [
                .. Enumerable.Range(0, length * _unit).Select(i => (byte)(255 - 255.0 * (i / _unit) / (length - 1))),
            ];
            using Mat levels = Mat.FromPixelData(length, _unit, MatType.CV_8UC1, ramp);
            using Mat place = canvas[new Rect(left + _unit / 2, top, _unit, length)];
            Cv2.ApplyColorMap(levels, place, ColormapTypes.Inferno);
            int text = left + _unit * 7 / 4;
            int room = Width - _unit * 2;
            Write(canvas, "strongest", new Point(text, top + _unit / 2), _unit * 0.6, room);
            Write(canvas, "evidence", new Point(text, top + length / 2), _unit * 0.6, room);
            Write(canvas, "none", new Point(text, top + length), _unit * 0.6, room);
        }
    }
}
