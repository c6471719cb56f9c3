using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Reports;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Deidentification;

/// <summary>
/// Takes from a DICOM image what says whose it is: Basic Application Level Confidentiality Profile (PS3.15 annex E), by a list of
/// what may stay (<see cref="DeidentificationTable"/>). Pixels stay as they are, compressed ones in their syntax, others in
/// explicit VR little endian. Doing it again changes nothing. Faces and text in the pixels are not looked for.
/// </summary>
public sealed class Deidentifier(ProjectPseudonyms pseudonyms)
{
    private const string Method = "CxrCluster: PS3.15 Basic Profile, by a list of what is kept";

    private static readonly Code BasicProfile = new("113100", "DCM", "Basic Application Confidentiality Profile");

    /// <summary>The file without its patient.</summary>
    /// <param name="file">A DICOM file.</param>
    /// <param name="hospital">Whose patient id it holds: the same id of two hospitals is two patients.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <exception cref="UnreadableImageException">It is damaged, big endian, or says that text is burned into its pixels.</exception>
    public byte[] Apply(ReadOnlyMemory<byte> file, string hospital, string name)
    {
        DicomFile parsed = Parse(file, name);
        if (parsed.Syntax.IsBigEndian)
            throw new UnreadableImageException(
                $"{name} cannot be de-identified in its retired big endian syntax: send it as Explicit VR Little Endian."
            );
        if (parsed.Data.Text(DicomTags.BurnedInAnnotation).Equals("YES", StringComparison.OrdinalIgnoreCase))
            throw new UnreadableImageException(
                $"{name} says that text is burned into its pixels, which may name the patient: blank it at its source first."
            );
        string patient = pseudonyms.OfPatient(hospital, parsed.Data.Text(DicomTags.PatientId));
        DataSetWriter kept = Kept(parsed.Data, patient);
        kept.Text(0x0012_0062, "CS", "YES").Text(0x0012_0063, "LO", Method).Code(0x0012_0064, BasicProfile);
        if (parsed.Pixels is { } pixels)
            WritePixels(kept, pixels);
        string syntax = parsed.Syntax.IsEncapsulated ? parsed.Syntax.Uid : TransferSyntax.ExplicitLittleEndian.Uid;
        return kept.ToFile(
            parsed.Data.Text(DicomTags.SopClass),
            pseudonyms.OfUid(parsed.Data.Text(DicomTags.SopInstance)),
            syntax
        );
    }

    private static DicomFile Parse(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            return DicomFormat.Matches(file.Span)
                ? DicomParser.Parse(file)
                : throw new InvalidDataException("it is no DICOM file.");
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadableImageException($"{name} cannot be de-identified: {exception.Message}", exception);
        }
    }

    private DataSetWriter Kept(DicomDataSet data, string patient)
    {
        DataSetWriter kept = new();
        foreach ((uint tag, (string vr, DeidentificationAction action)) in DeidentificationTable.Attributes)
        {
            if (!data.Has(tag))
                continue;
            switch (action)
            {
                case DeidentificationAction.Keep:
                    kept.Bytes(tag, vr, data.Bytes(tag));
                    break;
                case DeidentificationAction.Empty:
                    kept.Text(tag, vr, "");
                    break;
                case DeidentificationAction.Pseudonym:
                    kept.Text(tag, vr, patient);
                    break;
                case DeidentificationAction.Uid:
                    kept.Text(tag, vr, pseudonyms.OfUid(data.Text(tag)));
                    break;
                case DeidentificationAction.Items:
                    kept.Sequence(tag, data.Items(tag).Select(item => Kept(item, patient)));
                    break;
                default:
                    throw new InvalidOperationException($"Action {action} of attribute {tag:x8} is not known.");
            }
        }
        return kept;
    }

    private static void WritePixels(DataSetWriter kept, PixelElement pixels)
    {
        if (pixels.Fragments.Count == 0)
            kept.Bytes(DicomTags.PixelData, pixels.IsBytes ? "OB" : "OW", pixels.Native.Span);
        else
            kept.Fragments(DicomTags.PixelData, pixels.FrameOffsets, pixels.Fragments);
    }
}
