using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CxrCluster.Contracts.Identity;

/// <summary>A sweep: the bootstrap of a cohort over splits and networks.</summary>
[GenerateSerializer, Immutable, Alias("sweep-id")]
[JsonConverter(typeof(StringIdConverter<SweepId>))]
public readonly partial record struct SweepId : IParsable<SweepId>, IComparable<SweepId>
{
    /// <exception cref="FormatException">The text breaks the rule: 1 to 64 of a-z, 0-9 and -, starting with a letter or digit.</exception>
    public SweepId(string value)
    {
        if (value is null || !Rule().IsMatch(value))
            throw new FormatException(
                $"'{value}' is not a valid sweep id: use 1 to 64 of a-z, 0-9 and -, starting with a letter or digit."
            );
        Value = value;
    }

    /// <summary>The id's text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <inheritdoc />
    public static SweepId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SweepId result)
    {
        bool valid = s is not null && Rule().IsMatch(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>Ordinal order of the text.</summary>
    public int CompareTo(SweepId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A[a-z0-9][a-z0-9-]{0,63}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Rule();
}
