namespace CxrCluster.Dicom.Pixels;

/// <summary>
/// What a sample's bit pattern means. Uncompressed samples may carry overlays in the bits above the high bit, which are
/// masked; a codec's samples have none, and what exceeds the stored bits is held at their maximum instead.
/// </summary>
/// <param name="Bits">Bits Stored of the data set: a codec's own number of bits says nothing about the scale.</param>
/// <param name="Shift">Unused bits below the value.</param>
/// <param name="IsSigned">Whether the value is two's complement.</param>
/// <param name="IsDecoded">Whether a codec gave the sample.</param>
internal sealed record StoredValues(int Bits, int Shift, bool IsSigned, bool IsDecoded)
{
    /// <summary>The greatest unsigned value.</summary>
    public int Max => (1 << Bits) - 1;

    /// <summary>How uncompressed samples are stored.</summary>
    public static StoredValues Native(PixelModule module) =>
        new(module.BitsStored, module.HighBit + 1 - module.BitsStored, module.IsSigned, IsDecoded: false);

    /// <summary>How a codec's samples are stored.</summary>
    public static StoredValues Decoded(PixelModule module, Codestream stream) =>
        new(module.BitsStored, 0, module.IsSigned || stream.IsSigned, IsDecoded: true);

    /// <summary>The stored value of a pattern.</summary>
    public int Of(ushort pattern)
    {
        if (IsDecoded && !IsSigned)
        {
            return Math.Min(pattern, Max);
        }

        var value = (pattern >> Shift) & Max;
        return IsSigned && (value & (1 << (Bits - 1))) != 0 ? value - (1 << Bits) : value;
    }
}
