using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CxrCluster.Contracts.Identity;

/// <summary>An inference slot: one device of one node, "node/ordinal".</summary>
[GenerateSerializer, Immutable, Alias("slot-id")]
[JsonConverter(typeof(StringIdConverter<SlotId>))]
public readonly record struct SlotId([property: Id(0)] NodeName Node, [property: Id(1)] int Ordinal) : IParsable<SlotId>
{
    /// <inheritdoc />
    public static SlotId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out SlotId slot)
            ? slot
            : throw new FormatException($"'{s}' is not a valid slot id: write node/ordinal.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SlotId result)
    {
        result = default;
        int slash = s?.LastIndexOf('/') ?? -1;
        if (
            slash < 0
            || !NodeName.TryParse(s![..slash], provider, out NodeName node)
            || !int.TryParse(s.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
        )
            return false;
        result = new SlotId(node, ordinal);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Node}/{Ordinal}";
}
