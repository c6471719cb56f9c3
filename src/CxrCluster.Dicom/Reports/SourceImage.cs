using System.Globalization;
using CxrCluster.Dicom.Format;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Reports;

/// <summary>
/// What a report takes over from the image that it is about: patient and study, byte by byte with their character set, and
/// where the image is.
/// </summary>
public sealed class SourceImage
{
    /// <summary>Attributes of patient and study that are taken over, with their VR; PS3.3 tables C.7-1, C.7-3, C.7-4a.</summary>
    private static readonly (uint Tag, string Vr, bool Always)[] TakenOver =
    [
        (0x0008_0005, "CS", false),
        (0x0008_0020, "DA", true),
        (0x0008_0030, "TM", true),
        (0x0008_0050, "SH", true),
        (0x0008_0090, "PN", true),
        (0x0008_0201, "SH", false),
        (0x0008_1030, "LO", false),
        (0x0010_0010, "PN", true),
        (0x0010_0020, "LO", true),
        (0x0010_0021, "LO", false),
        (0x0010_0030, "DA", true),
        (0x0010_0040, "CS", true),
        (0x0020_000d, "UI", true),
        (0x0020_0010, "SH", true),
    ];

    private readonly DicomDataSet _data;
    private readonly TimeSpan? _zone;

    private SourceImage(DicomDataSet data)
    {
        _data = data;
        _zone = ZoneOf(data.Text(0x0008_0201));
    }

    /// <summary>SOP class UID.</summary>
    public string SopClass => _data.Text(DicomTags.SopClass);

    /// <summary>SOP instance UID.</summary>
    public string SopInstance => _data.Text(DicomTags.SopInstance);

    /// <summary>Study instance UID.</summary>
    public string Study => _data.Text(DicomTags.StudyInstance);

    /// <summary>Series instance UID.</summary>
    public string Series => _data.Text(DicomTags.SeriesInstance);

    /// <summary>CR, DX, ...; "" when absent.</summary>
    public string Modality => _data.Text(DicomTags.Modality).ToUpperInvariant();

    /// <summary>Reads the image's file.</summary>
    /// <param name="file">The DICOM file as it came.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <exception cref="UnreadableImageException">It is no DICOM file, or does not say which study it belongs to.</exception>
    public static SourceImage Read(ReadOnlyMemory<byte> file, string name)
    {
        if (!DicomFormat.Matches(file.Span))
            throw new UnreadableImageException(
                $"{name} is no DICOM file: a report can only be written for an image of a PACS."
            );
        try
        {
            SourceImage image = new(DicomParser.Parse(file).Data);
            return
                image.SopClass.Length > 0
                && image.SopInstance.Length > 0
                && image.Study.Length > 0
                && image.Series.Length > 0
                ? image
                : throw new UnreadableImageException(
                    $"{name} lacks one of its UIDs (class, instance, series, study): a report could not say what it is about. Correct it at its source."
                );
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadableImageException($"{name} cannot be reported on: {exception.Message}", exception);
        }
    }

    /// <summary>Patient and study of the image, on a report about it.</summary>
    internal void TakeOver(DataSetWriter report)
    {
        foreach ((uint tag, string vr, bool always) in TakenOver)
            if (_data.Bytes(tag) is { IsEmpty: false } value)
                report.Bytes(tag, vr, Trimmed(value));
            else if (always)
                report.Text(tag, vr, "");
    }

    /// <summary>The moment in the image's own time zone where it names one, else in UTC.</summary>
    internal DateTimeOffset Local(DateTimeOffset moment) => moment.ToOffset(_zone ?? TimeSpan.Zero);

    /// <summary>The item that refers to it: class and instance.</summary>
    internal DataSetWriter Reference() =>
        new DataSetWriter().Text(0x0008_1150, "UI", SopClass).Text(0x0008_1155, "UI", SopInstance);

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value) => value.TrimEnd((byte)0).TrimEnd((byte)' ');

    private static TimeSpan? ZoneOf(string text) =>
        text.Length == 5
        && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int digits)
        && digits is <= 1400
        && digits % 100 < 60
        && text[0] is '+' or '-'
            ? (text[0] == '-' ? -1 : 1) * new TimeSpan(digits / 100, digits % 100, 0)
            : null;
}
