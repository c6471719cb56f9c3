using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrCluster.Benchmarks;

/// <summary>One measurement, a line of JSON on stdout. Below 1, the ratio says that ours costs less than the peer.</summary>
internal sealed record BenchLine(
    string Bench,
    string Case,
    double Ours,
    double? Peer,
    string? PeerName,
    double? Ratio,
    string Unit
)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes the line.</summary>
    public static void Write(
        string bench,
        string name,
        double ours,
        string unit,
        double? peer = null,
        string? peerName = null
    ) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new BenchLine(
                    bench,
                    name,
                    Round(ours),
                    peer is { } p ? Round(p) : null,
                    peerName,
                    peer is { } q ? Round(ours / q) : null,
                    unit
                ),
                Json
            )
        );

    private static double Round(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
