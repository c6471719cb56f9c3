using CxrCluster.Dicom.Format;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Pixels;

/// <summary>The image pixel module (PS3.3 section C.7.6.3), checked against what can be read.</summary>
/// <param name="Rows">Height, within the limits of <see cref="RadiographReader"/>.</param>
/// <param name="Columns">Width, within the same limits.</param>
/// <param name="Samples">1 or 3.</param>
/// <param name="BitsAllocated">8 or 16.</param>
/// <param name="BitsStored">8 to 16, at most <paramref name="BitsAllocated"/>.</param>
/// <param name="HighBit">Bit of the highest weight.</param>
/// <param name="IsSigned">Whether values are two's complement.</param>
/// <param name="IsPlanar">Whether colours come one plane after the other.</param>
/// <param name="Photometric">MONOCHROME1, MONOCHROME2, RGB or YBR_...</param>
/// <param name="Frames">At least 1.</param>
internal sealed record PixelModule(
    int Rows,
    int Columns,
    int Samples,
    int BitsAllocated,
    int BitsStored,
    int HighBit,
    bool IsSigned,
    bool IsPlanar,
    string Photometric,
    int Frames
)
{
    public bool IsGray => Samples == 1;

    /// <summary>Bytes of one frame's samples.</summary>
    public long FrameBytes => (long)Rows * Columns * Samples * BitsAllocated / 8;

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidDataException">An attribute is missing, makes no sense or is not supported; cause and remedy.</exception>
    public static PixelModule Read(DicomDataSet data, DicomHeader header)
    {
        var samples = data.Short(DicomTags.Samples) ?? 1;
        var allocated = Demand(data, DicomTags.BitsAllocated, "Bits Allocated");
        var stored = data.Short(DicomTags.BitsStored) ?? allocated;
        var module = new PixelModule(
            Demand(data, DicomTags.Rows, "Rows"),
            Demand(data, DicomTags.Columns, "Columns"),
            samples,
            allocated,
            stored,
            data.Short(DicomTags.HighBit) ?? stored - 1,
            data.Short(DicomTags.PixelRepresentation) == 1,
            samples == 3 && data.Short(DicomTags.PlanarConfiguration) == 1,
            header.Photometric,
            header.Frames
        );
        module.Check();
        return module;
    }

    private void Check()
    {
        RadiographReader.RefuseSize(Columns, Rows);
        var isColour = Photometric is "RGB" || Photometric.StartsWith("YBR_", StringComparison.Ordinal);
        var isGray = Photometric is "MONOCHROME1" or "MONOCHROME2";
        if (!(Samples == 1 && isGray) && !(Samples == 3 && isColour))
        {
            throw new InvalidDataException(
                $"its photometric interpretation {Shown(Photometric)} with {Samples} samples per pixel is not supported; export it as MONOCHROME2."
            );
        }

        if (
            BitsAllocated is not (8 or 16)
            || BitsStored < 8
            || BitsStored > BitsAllocated
            || HighBit < BitsStored - 1
            || HighBit >= BitsAllocated
            || (Samples == 3 && (BitsAllocated != 8 || IsSigned))
        )
        {
            throw new InvalidDataException(
                $"its pixels have {BitsStored} of {BitsAllocated} bits, the highest at {HighBit}: 8 to 16 bits in 8 or 16 are supported; export it so."
            );
        }
    }

    private static int Demand(DicomDataSet data, uint tag, string name) =>
        data.Short(tag) ?? throw new InvalidDataException($"its attribute {name} is missing; send it again.");

    private static string Shown(string text) => text.Length is > 0 and <= 16 ? $"'{text}'" : "(none)";
}
