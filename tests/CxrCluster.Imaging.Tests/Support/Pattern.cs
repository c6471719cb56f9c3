namespace CxrCluster.Imaging.Tests.Support;

/// <summary>The formulas of make_pictures.py: what every file in Fixtures/pictures shows.</summary>
internal static class Pattern
{
    public const int Width = 40;
    public const int Height = 52;

    /// <summary>The gray pattern, row-major.</summary>
    public static int[] Gray(int white) => Each((x, y) => Value(x, y, white));

    /// <summary>Luminance (BT.601) of: pattern, mirrored pattern, half the pattern.</summary>
    public static int[] Luminance(int white) =>
        Each(
            (x, y) =>
            {
                var (red, green) = (Value(x, y, white), Value(Width - 1 - x, y, white));
                return (int)Math.Round((0.299 * red) + (0.587 * green) + (0.114 * (red / 2)));
            }
        );

    /// <summary>The pattern on black, clearer from left to right.</summary>
    public static int[] OnBlack(int white) =>
        Each(
            (x, y) =>
            {
                var alpha = (Width - 1 - x) * white / (Width - 1);
                return (int)Math.Round((double)Value(x, y, white) * alpha / white);
            }
        );

    private static int Value(int x, int y, int white) =>
        (int)((long)((3 * x) + (2 * y)) * white / ((3 * (Width - 1)) + (2 * (Height - 1))));

    private static int[] Each(Func<int, int, int> value) =>
        [.. Enumerable.Range(0, Width * Height).Select(i => value(i % Width, i / Width))];
}
