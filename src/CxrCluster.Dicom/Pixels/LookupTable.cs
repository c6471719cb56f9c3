using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>A Modality or VOI LUT (PS3.3 C.11.1.1.1): values below the first map to the first, beyond the last to the last.</summary>
internal sealed class LookupTable
{
    private readonly int _first;
    private readonly ushort[] _data;

    private LookupTable(int first, int bits, ushort[] data) => (_first, Bits, _data) = (first, bits, data);

    /// <summary>Bits of the output, 8..16.</summary>
    public int Bits { get; }

    /// <summary>Reads the table of a sequence's item; null when there is no item.</summary>
    /// <exception cref="InvalidDataException">Its descriptor and data do not fit together.</exception>
    public static LookupTable? Read(DicomDataSet? item, bool isSigned)
    {
        if (item is null)
        {
            return null;
        }

        if (item.Shorts(DicomTags.LutDescriptor) is not [var count, var first, var bits])
        {
            throw Damaged();
        }

        var entries = count == 0 ? 1 << 16 : count;
        var bytes = item.Bytes(DicomTags.LutData);
        // 8-bit tables come one value per byte or, as written by some, one per word.
        var data =
            bytes.Length < 2 * entries && bytes.Length >= entries ? Widen(bytes) : item.Shorts(DicomTags.LutData);
        return data.Length < entries || bits is < 8 or > 16
            ? throw Damaged()
            : new LookupTable(isSigned ? (short)first : first, bits, data[..entries]);
    }

    /// <summary>The output of a value.</summary>
    public int At(int value) => _data[Math.Clamp(value - _first, 0, _data.Length - 1)];

    private static ushort[] Widen(ReadOnlySpan<byte> bytes)
    {
        var wide = new ushort[bytes.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = bytes[i];
        }

        return wide;
    }

    private static InvalidDataException Damaged() => new("its lookup table is damaged; send it again.");
}
