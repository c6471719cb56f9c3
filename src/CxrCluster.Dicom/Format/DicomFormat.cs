namespace CxrCluster.Dicom.Format;

/// <summary>Tells DICOM files from others by their content.</summary>
public static class DicomFormat
{
    private const int Preamble = 128;

    /// <summary>
    /// Whether the bytes are DICOM: the mark after the preamble, or, as files from before Part 10 have it, a data set that
    /// starts at once with a plausible first element of group 8.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> bytes) => HasPreamble(bytes) || IsBareDataSet(bytes);

    internal static bool HasPreamble(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Preamble + 4 && bytes[Preamble..].StartsWith("DICM"u8);

    /// <summary>Group 8, an early element, and a length that leaves room for more; with or without VR.</summary>
    private static bool IsBareDataSet(ReadOnlySpan<byte> bytes) =>
        bytes.Length > Preamble
        && bytes is [8, 0, var element, 0, ..]
        && element is 0 or 1 or 5 or 8 or 0x12 or 0x13 or 0x16 or 0x18
        && (ElementHead.IsKnownVr(bytes[4], bytes[5]) || ByteOrder.U32(bytes[4..], bigEndian: false) <= Preamble / 2);
}
