using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>
/// The grayscale pipeline (PS3.3 C.11, PS3.4 N.2) as one table from a sample's bit pattern to a gray value, brighter =
/// denser: stored value, padding, Modality LUT or slope and intercept, VOI LUT or window, polarity.
/// </summary>
/// <param name="Values">65536 gray values, each below 2^<paramref name="BitDepth"/>.</param>
/// <param name="BitDepth">8..16.</param>
internal sealed record GrayscaleTable(ushort[] Values, int BitDepth)
{
    private const int Patterns = 1 << 16;

    /// <summary>Builds the table of a frame.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="stored">How bit patterns mean stored values.</param>
    /// <param name="frame">The samples: signed values without VOI are counted from the least that occurs.</param>
    /// <param name="inverted">Whether the least value is white (MONOCHROME1).</param>
    /// <param name="withVoi">Whether VOI LUT or window is applied, where the header has one.</param>
    public static GrayscaleTable Build(DicomDataSet data, StoredValues stored, Frame frame, bool inverted, bool withVoi)
    {
        var modality = LookupTable.Read(data.FirstItem(DicomTags.ModalityLuts), stored.IsSigned);
        var slope = data.Number(DicomTags.RescaleSlope) is { } s && s != 0 ? s : 1;
        var intercept = data.Number(DicomTags.RescaleIntercept) ?? 0;
        double Rescale(int value) => modality?.At(value) ?? (slope * value) + intercept;

        var padding = Padding.Read(data, stored.IsSigned);
        var (low, high) = stored.IsSigned ? Extremes(frame, stored, padding) : (0, stored.Max);
        var (voi, window) = withVoi ? ReadVoi(data, stored, intercept) : (null, null);
        if (window is not null && modality is null && window.IsIdentity(Rescale(low), Rescale(high)))
        {
            window = null;
        }

        var depth = voi?.Bits ?? (window is not null ? 16 : modality?.Bits ?? Math.Max(8, BitsFor(high - low)));
        var white = (1 << depth) - 1;
        int Gray(int value) =>
            voi is not null ? voi.At((int)Math.Clamp(Math.Round(Rescale(value)), -Patterns, Patterns))
            : window is not null ? (int)Math.Round(window.Apply(Rescale(value)) * white)
            : modality is not null ? modality.At(value)
            : slope < 0 ? high - value
            : value - low;

        var values = new ushort[Patterns];
        for (var pattern = 0; pattern < Patterns; pattern++)
        {
            var value = stored.Of((ushort)pattern);
            var gray = Math.Clamp(Gray(value), 0, white);
            // Padding is no anatomy: black, as the air around the patient, whatever the polarity.
            values[pattern] = (ushort)(
                padding?.Contains(value) == true ? 0
                : inverted ? white - gray
                : gray
            );
        }

        return new GrayscaleTable(values, depth);
    }

    /// <summary>A VOI LUT where there is one, else a window where there is one.</summary>
    private static (LookupTable? Lut, Window? Window) ReadVoi(
        DicomDataSet data,
        StoredValues stored,
        double intercept
    ) =>
        LookupTable.Read(data.FirstItem(DicomTags.VoiLuts), stored.IsSigned || intercept < 0) is { } lut
            ? (lut, null)
            : (null, Window.Read(data));

    private static (int Low, int High) Extremes(Frame frame, StoredValues stored, Padding? padding)
    {
        var (low, high) = (int.MaxValue, int.MinValue);
        foreach (var sample in frame.Samples)
        {
            var value = stored.Of(sample);
            if (padding?.Contains(value) != true)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low <= high ? (low, high) : (0, 0);
    }

    private static int BitsFor(int range)
    {
        var bits = 8;
        while (range >= 1 << bits)
        {
            bits++;
        }

        return bits;
    }
}
