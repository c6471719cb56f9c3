using System.Globalization;
using System.Text;

namespace CxrCluster.Dicom.Format;

/// <summary>Elements of a data set or of a sequence's item, as ranges of the bytes they were found in.</summary>
internal sealed class DicomDataSet(ReadOnlyMemory<byte> bytes, bool bigEndian)
{
    // Long enough for every text that is read; what is longer is damage.
    private const int LongestText = 1024;

    private readonly Dictionary<uint, (int Offset, int Length)> _values = [];
    private readonly Dictionary<uint, List<DicomDataSet>> _sequences = [];

    /// <summary>Whether numbers have their high byte first.</summary>
    public bool IsBigEndian => bigEndian;

    /// <summary>Adds an element's value; of several with one tag the first counts.</summary>
    public void Add(uint tag, int offset, int length) => _values.TryAdd(tag, (offset, length));

    /// <summary>Adds a sequence.</summary>
    public void Add(uint tag, List<DicomDataSet> items) => _sequences.TryAdd(tag, items);

    /// <summary>Whether it has the element or sequence.</summary>
    public bool Has(uint tag) => _values.ContainsKey(tag) || _sequences.ContainsKey(tag);

    /// <summary>The items of a sequence; none when it is absent.</summary>
    public IReadOnlyList<DicomDataSet> Items(uint tag) => _sequences.GetValueOrDefault(tag) ?? [];

    /// <summary>The first item of a sequence; null when it is absent or empty.</summary>
    public DicomDataSet? FirstItem(uint tag) => _sequences.GetValueOrDefault(tag)?.FirstOrDefault();

    /// <summary>An element's bytes; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Bytes(uint tag) =>
        _values.TryGetValue(tag, out var at) ? bytes.Span.Slice(at.Offset, at.Length) : default;

    /// <summary>An unsigned short (US, or SS as its bits); null when it is absent.</summary>
    /// <exception cref="InvalidDataException">It has another length.</exception>
    public int? Short(uint tag)
    {
        var value = Bytes(tag);
        return value.Length switch
        {
            0 => null,
            2 => ByteOrder.U16(value, bigEndian),
            _ => throw new InvalidDataException(
                $"its attribute {Name(tag)} has {value.Length} bytes instead of 2; send it again."
            ),
        };
    }

    /// <summary>Several unsigned shorts.</summary>
    public ushort[] Shorts(uint tag)
    {
        var value = Bytes(tag);
        var shorts = new ushort[value.Length / 2];
        for (var i = 0; i < shorts.Length; i++)
        {
            shorts[i] = ByteOrder.U16(value[(2 * i)..], bigEndian);
        }

        return shorts;
    }

    /// <summary>A text without its padding; "" when it is absent.</summary>
    public string Text(uint tag)
    {
        var value = Bytes(tag);
        var utf8 = Bytes(DicomTags.CharacterSet).IndexOf("ISO_IR 192"u8) >= 0;
        return (utf8 ? Encoding.UTF8 : Encoding.Latin1)
            .GetString(value[..Math.Min(value.Length, LongestText)])
            .Trim(' ', '\0');
    }

    /// <summary>The values of a text element.</summary>
    public string[] Texts(uint tag) =>
        Text(tag) is { Length: > 0 } text ? text.Split('\\', StringSplitOptions.TrimEntries) : [];

    /// <summary>The first number of a decimal or integer string; null when there is none.</summary>
    public double? Number(uint tag) => Numbers(tag) is [var first, ..] ? first : null;

    /// <summary>The finite numbers of a decimal or integer string; none when any value is no number.</summary>
    public double[] Numbers(uint tag)
    {
        var texts = Texts(tag);
        var numbers = new double[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (
                !double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i])
            )
            {
                return [];
            }
        }

        return numbers;
    }

    private static string Name(uint tag) => $"({tag >> 16:x4},{tag & 0xffff:x4})";
}
