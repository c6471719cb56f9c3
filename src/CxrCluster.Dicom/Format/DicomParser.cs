using System.IO.Compression;
using System.Text;

namespace CxrCluster.Dicom.Format;

/// <summary>
/// Walks a DICOM file up to its pixels: every length is checked against its surroundings, nesting and number of elements are
/// bounded, nothing is copied. What it accepts has a sound structure; nothing foreign has looked at a byte.
/// </summary>
internal sealed class DicomParser
{
    private const int DeepestNesting = 16;
    private const int MostElements = 200_000;
    private const long MostInflated = 256L << 20;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly TransferSyntax _syntax;
    private int _elements;
    private PixelElement? _pixels;

    private DicomParser(ReadOnlyMemory<byte> bytes, TransferSyntax syntax) => (_bytes, _syntax) = (bytes, syntax);

    private ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>Reads the structure of a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off or of an unknown transfer syntax; cause and remedy.</exception>
    public static DicomFile Parse(ReadOnlyMemory<byte> file)
    {
        var (syntax, start) = ReadMeta(file);
        var body = file[start..];
        var parser = new DicomParser(syntax.IsDeflated ? Inflate(body) : body, syntax);
        var data = new DicomDataSet(parser._bytes, syntax.IsBigEndian);
        parser.Walk(data, 0, parser._bytes.Length, depth: 0, syntax.IsExplicit, untilItemEnd: false);
        return new DicomFile(syntax, data, parser._pixels);
    }

    /// <summary>The file meta information (PS3.10 section 7.1), or for files without it the likely syntax.</summary>
    private static (TransferSyntax Syntax, int Start) ReadMeta(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (!DicomFormat.HasPreamble(bytes))
        {
            return bytes.Length > 5 && ElementHead.IsKnownVr(bytes[4], bytes[5])
                ? (TransferSyntax.ExplicitLittleEndian, 0)
                : (TransferSyntax.ImplicitLittleEndian, 0);
        }

        var (position, uid) = (132, "");
        while (bytes.Length - position >= 8 && ByteOrder.U16(bytes[position..], bigEndian: false) == 2)
        {
            var head = ElementHead.Read(bytes, position, isExplicit: true, bigEndian: false);
            position = End(head, bytes.Length);
            if (head.Tag == DicomTags.TransferSyntax)
            {
                uid = Encoding.Latin1.GetString(bytes[head.Value..position]).Trim(' ', '\0');
            }
        }

        if (uid.Length == 0)
        {
            throw new InvalidDataException("its transfer syntax is missing; send it again.");
        }

        return TransferSyntax.Find(uid) is { } syntax
            ? (syntax, position)
            : throw new InvalidDataException(
                $"its transfer syntax {Printable(uid)} is not supported; send it as Explicit VR Little Endian."
            );
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> body)
    {
        using var deflated = new DeflateStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = ReadDeflated(deflated, buffer)) > 0; )
        {
            if (inflated.Length > MostInflated)
            {
                throw new InvalidDataException("it inflates to more than any radiograph; check where it comes from.");
            }

            inflated.Write(buffer, 0, count);
        }

        return inflated.ToArray();
    }

    private static int ReadDeflated(DeflateStream deflated, byte[] buffer)
    {
        try
        {
            return deflated.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("its deflated data set is damaged; copy or send it again.", exception);
        }
    }

    /// <summary>Reads elements until the end, or the item's end mark; returns where it stopped.</summary>
    private int Walk(DicomDataSet into, int position, int end, int depth, bool isExplicit, bool untilItemEnd)
    {
        if (depth > DeepestNesting)
        {
            throw new InvalidDataException("its sequences are nested too deeply; check where it comes from.");
        }

        while (position < end)
        {
            if (++_elements > MostElements)
            {
                throw new InvalidDataException("it has too many elements; check where it comes from.");
            }

            var head = ElementHead.Read(Span[..end], position, isExplicit, _syntax.IsBigEndian);
            if (head.Tag == DicomTags.ItemEnd && untilItemEnd)
            {
                return head.Value;
            }

            if (head.Tag == DicomTags.PixelData && depth == 0)
            {
                _pixels = ReadPixels(head, end);
                return end;
            }

            position = Add(into, head, end, depth, isExplicit);
        }

        return untilItemEnd ? throw CutOff() : position;
    }

    /// <summary>Adds one element; returns where the next begins.</summary>
    private int Add(DicomDataSet into, ElementHead head, int end, int depth, bool isExplicit)
    {
        var isSequence =
            head.IsSequence
            || (!isExplicit && (head.Length == ElementHead.Undefined || DicomTags.IsSequence(head.Tag)));
        if (!isSequence)
        {
            if (head.Length == ElementHead.Undefined || head.Tag >> 16 == 0xfffe)
            {
                throw new InvalidDataException("an element has no length; send it again.");
            }

            var next = End(head, end);
            into.Add(head.Tag, head.Value, next - head.Value);
            return next;
        }

        // A sequence of unknown VR is written in implicit VR (PS3.5 section 6.2.2, note 2 and CP-246).
        var items = new List<DicomDataSet>();
        var position = ReadItems(items, head, end, depth, isExplicit && head.Vr != ('U', 'N'));
        into.Add(head.Tag, items);
        return position;
    }

    private int ReadItems(List<DicomDataSet> items, ElementHead sequence, int end, int depth, bool isExplicit)
    {
        var isOpen = sequence.Length == ElementHead.Undefined;
        end = isOpen ? end : End(sequence, end);
        var position = sequence.Value;
        while (position < end)
        {
            var head = ElementHead.Read(Span[..end], position, isExplicit, _syntax.IsBigEndian);
            if (head.Tag == DicomTags.SequenceEnd && isOpen)
            {
                return head.Value;
            }

            if (head.Tag != DicomTags.Item)
            {
                throw new InvalidDataException("a sequence holds something that is no item; send it again.");
            }

            var item = new DicomDataSet(_bytes, _syntax.IsBigEndian);
            items.Add(item);
            position =
                head.Length == ElementHead.Undefined
                    ? Walk(item, head.Value, end, depth + 1, isExplicit, untilItemEnd: true)
                    : Walk(item, head.Value, End(head, end), depth + 1, isExplicit, untilItemEnd: false);
        }

        return isOpen ? throw CutOff() : position;
    }

    private PixelElement ReadPixels(ElementHead head, int end)
    {
        var isBytes = head.Vr == ('O', 'B');
        if (head.Length != ElementHead.Undefined)
        {
            return new PixelElement(_bytes[head.Value..End(head, end)], [], [], isBytes);
        }

        var fragments = new List<ReadOnlyMemory<byte>>();
        var position = head.Value;
        while (true)
        {
            if (++_elements > MostElements)
            {
                throw new InvalidDataException("its pixels are in too many pieces; check where it comes from.");
            }

            var item = ElementHead.Read(Span[..end], position, isExplicit: false, _syntax.IsBigEndian);
            if (item.Tag == DicomTags.SequenceEnd)
            {
                break;
            }

            if (item.Tag != DicomTags.Item || item.Length == ElementHead.Undefined)
            {
                throw new InvalidDataException("its compressed pixels are damaged; send it again.");
            }

            position = End(item, end);
            fragments.Add(_bytes[item.Value..position]);
        }

        return fragments.Count < 2
            ? throw new InvalidDataException("its compressed pixels are missing; send it again.")
            : new PixelElement(default, fragments[1..], Offsets(fragments[0].Span), isBytes);
    }

    private uint[] Offsets(ReadOnlySpan<byte> table)
    {
        var offsets = new uint[table.Length / 4];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = ByteOrder.U32(table[(4 * i)..], _syntax.IsBigEndian);
        }

        return offsets;
    }

    /// <summary>Where a value of defined length ends.</summary>
    private static int End(ElementHead head, int end) =>
        head.Length <= (uint)(end - head.Value) ? head.Value + (int)head.Length : throw CutOff();

    private static InvalidDataException CutOff() =>
        new("the file is cut off: an element runs beyond its end; copy or send it again.");

    private static string Printable(string text) =>
        text.Length <= 64 && text.All(c => char.IsAsciiDigit(c) || c == '.') ? text : "in its header";
}
