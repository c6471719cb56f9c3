using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>The stored values that fill up around a picture (Pixel Padding Value and Range Limit), both inclusive.</summary>
internal sealed record Padding(int Low, int High)
{
    /// <summary>The header's padding; null when it has none.</summary>
    public static Padding? Read(DicomDataSet data, bool isSigned)
    {
        if (data.Short(DicomTags.PixelPadding) is not { } value)
        {
            return null;
        }

        var limit = data.Short(DicomTags.PixelPaddingLimit) ?? value;
        (value, limit) = isSigned ? ((short)value, (short)limit) : (value, limit);
        return new Padding(Math.Min(value, limit), Math.Max(value, limit));
    }

    /// <summary>Whether a stored value is padding.</summary>
    public bool Contains(int value) => value >= Low && value <= High;
}
