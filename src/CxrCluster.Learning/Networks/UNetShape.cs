using System.Text.Json.Serialization;

namespace CxrCluster.Learning.Networks;

/// <summary>The size of a <see cref="UNet" />.</summary>
/// <param name="Depth">Resolution levels, 2..7; the lowest level runs at 1 / 2^(Depth - 1) of the input side.</param>
/// <param name="BaseWidth">Channels of the first level, 4..256; each level below has twice as many.</param>
public sealed record UNetShape(int Depth = 5, int BaseWidth = 32)
{
    /// <summary>The input's height and width must be divisible by this.</summary>
    [JsonIgnore]
    public int Stride => 1 << (Depth - 1);

    /// <summary>One sentence per value out of range; empty when the shape can be built.</summary>
    public IEnumerable<string> Validate()
    {
        if (Depth is < 2 or > 7)
            yield return $"U-net depth {Depth} is out of range: use 2 to 7 levels.";
        if (BaseWidth is < 4 or > 256)
            yield return $"U-net base width {BaseWidth} is out of range: use 4 to 256 channels.";
    }

    /// <summary>As <see cref="Validate" />, and whether it can run at <paramref name="side" />.</summary>
    public IEnumerable<string> ValidateFor(int side)
    {
        string[] problems = [.. Validate()];
        if (problems.Length == 0 && (side is < 32 or > 4096 || side % Stride != 0))
            problems = [$"U-net side {side} is out of range: use 32 to 4096, divisible by {Stride} for depth {Depth}."];
        return problems;
    }
}
