using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom;

/// <summary>Reads headers in managed code; pixels are not touched.</summary>
public static class DicomHeaderReader
{
    private const int MostFrames = 100_000;

    /// <summary>The header of a DICOM file; null when the bytes are no DICOM file or a damaged one.</summary>
    public static DicomHeader? TryRead(ReadOnlyMemory<byte> file)
    {
        if (!DicomFormat.Matches(file.Span))
        {
            return null;
        }

        try
        {
            return From(DicomParser.Parse(file));
        }
        catch (InvalidDataException)
        {
            return null; // reading the pixels says what is wrong with it
        }
    }

    internal static DicomHeader From(DicomFile file)
    {
        var data = file.Data;
        return new DicomHeader
        {
            TransferSyntax = file.Syntax.Uid,
            SopClassUid = data.Text(DicomTags.SopClass),
            SopInstanceUid = data.Text(DicomTags.SopInstance),
            SeriesInstanceUid = data.Text(DicomTags.SeriesInstance),
            StudyInstanceUid = data.Text(DicomTags.StudyInstance),
            PatientId = data.Text(DicomTags.PatientId),
            Modality = data.Text(DicomTags.Modality).ToUpperInvariant(),
            Manufacturer = data.Text(DicomTags.Manufacturer),
            BodyPart = TextOrCode(data, DicomTags.BodyPart, DicomTags.AnatomicRegion),
            View = TextOrCode(data, DicomTags.ViewPosition, DicomTags.ViewCodes),
            ImageType = data.Texts(DicomTags.ImageType),
            PresentationIntent = data.Text(DicomTags.PresentationIntent).ToUpperInvariant(),
            BurnedInAnnotation = data.Text(DicomTags.BurnedInAnnotation).ToUpperInvariant() switch
            {
                "YES" => true,
                "NO" => false,
                _ => null,
            },
            HasPixels = file.Pixels is not null,
            Photometric = data.Text(DicomTags.Photometric).ToUpperInvariant(),
            Frames = ReadFrames(data),
        };
    }

    private static int ReadFrames(DicomDataSet data) =>
        data.Bytes(DicomTags.Frames).IsEmpty ? 1
        : data.Number(DicomTags.Frames) is >= 1 and <= MostFrames and var frames ? (int)frames
        : throw new InvalidDataException("its number of frames makes no sense; send it again.");

    private static string TextOrCode(DicomDataSet data, uint text, uint code) =>
        data.Text(text) is { Length: > 0 } value ? value : data.FirstItem(code)?.Text(DicomTags.CodeMeaning) ?? "";
}
