using System.Text.Json;

namespace CxrCluster.Dicom.Tests.Support;

/// <summary>The committed files (Fixtures/make_syntaxes.py).</summary>
internal static class Fixture
{
    /// <summary>Names of the files with one picture in every compressed syntax.</summary>
    public static IReadOnlyList<string> Syntaxes { get; } =
    ["rle", "jpeg-lossless", "jpeg-extended", "jpeg-baseline", "jpegls", "jpegls-near", "jpeg2000"];

    public static byte[] Read(string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", file));

    public static byte[] Syntax(string name) => Read($"syntax-{name}.dcm");

    /// <summary>The picture that they hold, before compression.</summary>
    public static int[] Truth(int bits)
    {
        using var json = JsonDocument.Parse(Read("syntaxes.json"));
        return [.. json.RootElement.GetProperty($"bits{bits}").EnumerateArray().Select(v => v.GetInt32())];
    }
}
