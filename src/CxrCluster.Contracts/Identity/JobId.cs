using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CxrCluster.Contracts.Identity;

/// <summary>A scoring job.</summary>
[GenerateSerializer, Immutable, Alias("job-id")]
[JsonConverter(typeof(StringIdConverter<JobId>))]
public readonly partial record struct JobId : IParsable<JobId>, IComparable<JobId>
{
    /// <exception cref="FormatException">The text breaks the rule: 1 to 64 of a-z, 0-9 and -, starting with a letter or digit.</exception>
    public JobId(string value)
    {
        if (value is null || !Rule().IsMatch(value))
            throw new FormatException(
                $"'{value}' is not a valid job id: use 1 to 64 of a-z, 0-9 and -, starting with a letter or digit."
            );
        Value = value;
    }

    /// <summary>The id's text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <inheritdoc />
    public static JobId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        bool valid = s is not null && Rule().IsMatch(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>Ordinal order of the text.</summary>
    public int CompareTo(JobId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A[a-z0-9][a-z0-9-]{0,63}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Rule();
}
