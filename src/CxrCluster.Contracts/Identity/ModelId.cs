using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CxrCluster.Contracts.Identity;

/// <summary>A model bundle: "name@version", the version being the hash of the bundle's content.</summary>
[GenerateSerializer, Immutable, Alias("model-id")]
[JsonConverter(typeof(StringIdConverter<ModelId>))]
public readonly partial record struct ModelId : IParsable<ModelId>, IComparable<ModelId>
{
    /// <exception cref="FormatException">Name or version has other characters than a-z, 0-9, dot and hyphen.</exception>
    public ModelId(string name, string version)
    {
        if (!Part().IsMatch(name ?? "") || !Part().IsMatch(version ?? ""))
            throw new FormatException(
                $"'{name}@{version}' is not a valid model id: name and version are 1 to 63 of a-z, 0-9, . and -."
            );
        Name = name!;
        Version = version!;
    }

    /// <summary>What the model is called, over all its versions.</summary>
    [Id(0)]
    public string Name { get; }

    /// <summary>Content hash of the bundle, hexadecimal.</summary>
    [Id(1)]
    public string Version { get; }

    /// <inheritdoc />
    public static ModelId Parse(string s, IFormatProvider? provider = null)
    {
        int at = s.IndexOf('@', StringComparison.Ordinal);
        return at < 0
            ? throw new FormatException($"'{s}' is not a valid model id: write name@version.")
            : new ModelId(s[..at], s[(at + 1)..]);
    }

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ModelId result)
    {
        result = default;
        string[] parts = s?.Split('@') ?? [];
        if (parts.Length != 2 || !Part().IsMatch(parts[0]) || !Part().IsMatch(parts[1]))
            return false;
        result = new ModelId(parts[0], parts[1]);
        return true;
    }

    /// <summary>Ordinal order of "name@version".</summary>
    public int CompareTo(ModelId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc />
    public override string ToString() => $"{Name}@{Version}";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
