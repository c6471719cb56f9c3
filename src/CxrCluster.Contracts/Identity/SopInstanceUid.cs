using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CxrCluster.Contracts.Identity;

/// <summary>A DICOM SOP instance UID (PS3.5 section 9), unique within its hospital only: two hospitals may hold the same one.</summary>
[GenerateSerializer, Immutable, Alias("sop-instance-uid")]
[JsonConverter(typeof(StringIdConverter<SopInstanceUid>))]
public readonly partial record struct SopInstanceUid : IParsable<SopInstanceUid>, IComparable<SopInstanceUid>
{
    /// <exception cref="FormatException">The text breaks the rule: dotted numbers without leading zeros, at most 64 characters.</exception>
    public SopInstanceUid(string value)
    {
        if (value is null || !Rule().IsMatch(value))
            throw new FormatException(
                $"'{value}' is not a valid SOP instance UID: use dotted numbers without leading zeros, at most 64 characters."
            );
        Value = value;
    }

    /// <summary>The id's text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <inheritdoc />
    public static SopInstanceUid Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SopInstanceUid result)
    {
        bool valid = s is not null && Rule().IsMatch(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>Ordinal order of the text.</summary>
    public int CompareTo(SopInstanceUid other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A(?=.{1,64}\z)(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Rule();
}
