namespace CxrCluster.Dicom.Format;

/// <summary>Tag, VR and length of an element or item (PS3.5 section 7.1).</summary>
/// <param name="Tag">Group and element.</param>
/// <param name="Vr">The two letters; '\0' twice in implicit VR and for items.</param>
/// <param name="Length">Bytes of the value, or <see cref="Undefined"/>.</param>
/// <param name="Value">Where the value starts.</param>
internal readonly record struct ElementHead(uint Tag, (char First, char Second) Vr, uint Length, int Value)
{
    public const uint Undefined = uint.MaxValue;

    private const string Vrs =
        "AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV";

    private const string LongVrs = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";

    public bool IsSequence => Vr == ('S', 'Q') || (Vr == ('U', 'N') && Length == Undefined);

    public static bool IsKnownVr(byte first, byte second) => IsIn(Vrs, (char)first, (char)second);

    /// <summary>Reads the head at a position.</summary>
    /// <exception cref="InvalidDataException">The bytes end within it, or the VR is none.</exception>
    public static ElementHead Read(ReadOnlySpan<byte> bytes, int position, bool isExplicit, bool bigEndian)
    {
        Demand(bytes, position, 8);
        var at = bytes[position..];
        var tag = ((uint)ByteOrder.U16(at, bigEndian) << 16) | ByteOrder.U16(at[2..], bigEndian);
        if (!isExplicit || tag >> 16 == 0xfffe)
        {
            return new(tag, default, ByteOrder.U32(at[4..], bigEndian), position + 8);
        }

        var vr = ((char)at[4], (char)at[5]);
        if (!IsKnownVr(at[4], at[5]))
        {
            throw new InvalidDataException(
                $"its element ({tag >> 16:x4},{tag & 0xffff:x4}) has no value representation; send it again."
            );
        }

        if (!IsIn(LongVrs, vr.Item1, vr.Item2))
        {
            return new(tag, vr, ByteOrder.U16(at[6..], bigEndian), position + 8);
        }

        Demand(bytes, position, 12);
        return new(tag, vr, ByteOrder.U32(at[8..], bigEndian), position + 12);
    }

    private static void Demand(ReadOnlySpan<byte> bytes, int position, int count)
    {
        if (bytes.Length - position < count)
        {
            throw new InvalidDataException("the file is cut off: it ends within an element; copy or send it again.");
        }
    }

    private static bool IsIn(string list, char first, char second)
    {
        for (var i = 0; i < list.Length; i += 3)
        {
            if (list[i] == first && list[i + 1] == second)
            {
                return true;
            }
        }

        return false;
    }
}
