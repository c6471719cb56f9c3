using System.Security.Cryptography;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Pixels;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom;

/// <summary>
/// Reads DICOM files into radiographs: every transfer syntax that GDCM reads, 8 to 16 bits, the first of several frames.
/// Structure, header and meaning of the pixels are managed code; only compressed streams go to the pool's child processes.
/// </summary>
public sealed class DicomReader(DicomOptions options, DecoderPool pool)
{
    private const string Format = "DICOM";

    private readonly FrameReader _frames = new(pool);
    private readonly DicomEligibility _eligibility = new(options);

    /// <summary>Reads a file that may be a frontal chest X-ray.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="cancellationToken">Gives up; the child at work ends.</param>
    /// <exception cref="IneligibleImageException">Its header says that it is none; nothing was decoded.</exception>
    /// <exception cref="UnreadableImageException">It is damaged, cut off or not supported.</exception>
    /// <exception cref="DecoderUnavailableException">Its pixels need GDCM, which is not installed.</exception>
    /// <exception cref="DecoderBusyException">More images wait than may.</exception>
    public async Task<DicomImage> ReadEligibleAsync(byte[] bytes, string name, CancellationToken cancellationToken) =>
        await ReadAsync(bytes, name, eligibleOnly: true, cancellationToken);

    /// <summary>Reads any picture: as <see cref="ReadEligibleAsync"/>, whatever part of the body it shows.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="cancellationToken">Gives up; the child at work ends.</param>
    /// <exception cref="IneligibleImageException">It has several frames and the policy refuses them.</exception>
    /// <exception cref="UnreadableImageException">It is damaged, cut off, not supported or has no pixels.</exception>
    /// <exception cref="DecoderUnavailableException">Its pixels need GDCM, which is not installed.</exception>
    /// <exception cref="DecoderBusyException">More images wait than may.</exception>
    public async Task<DicomImage> ReadAsync(byte[] bytes, string name, CancellationToken cancellationToken) =>
        await ReadAsync(bytes, name, eligibleOnly: false, cancellationToken);

    private async Task<DicomImage> ReadAsync(
        byte[] bytes,
        string name,
        bool eligibleOnly,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var file = DicomParser.Parse(bytes);
            var header = DicomHeaderReader.From(file);
            if (eligibleOnly && _eligibility.Judge(header) is { } exclusion)
            {
                throw new IneligibleImageException(name, exclusion);
            }

            if (header.Frames > 1 && options.MultiFrame == MultiFramePolicy.Refuse)
            {
                throw new IneligibleImageException(
                    name,
                    new DicomExclusion(DicomExclusionKind.MultiFrame, $"it has {header.Frames} frames")
                );
            }

            if (!header.HasPixels)
            {
                throw new InvalidDataException("it has no pixels; send the image, not a report about it.");
            }

            var provenance = new ImageProvenance(name, Format, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var radiograph = await ReadPixelsAsync(file, header, provenance, cancellationToken);
            RadiographReader.RefuseFlat(radiograph);
            return new DicomImage(radiograph, header);
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadableImageException($"{name} cannot be used: {exception.Message}", exception);
        }
        catch (DecoderUnavailableException exception)
        {
            throw new DecoderUnavailableException($"{name} cannot be used: {exception.Message}", exception);
        }
    }

    private async Task<Radiograph> ReadPixelsAsync(
        DicomFile file,
        DicomHeader header,
        ImageProvenance provenance,
        CancellationToken cancellationToken
    )
    {
        var module = PixelModule.Read(file.Data, header);
        var (frame, stored) = await _frames.ReadAsync(file, module, provenance.Sha256, cancellationToken);
        var ratio = PixelAspect.Read(file.Data);
        if (!module.IsGray)
        {
            return PixelAspect.MakeSquare(
                new Radiograph(frame.Columns, frame.Rows, 8, frame.Samples, provenance),
                ratio
            );
        }

        var radiograph = Render(file.Data, module, frame, stored, provenance, withVoi: true);
        // Some headers carry a window that lies beside every pixel. The picture is there nevertheless.
        if (RadiographReader.IsFlat(radiograph))
        {
            radiograph = Render(file.Data, module, frame, stored, provenance, withVoi: false);
        }

        return PixelAspect.MakeSquare(radiograph, ratio);
    }

    private static Radiograph Render(
        DicomDataSet data,
        PixelModule module,
        Frame frame,
        StoredValues stored,
        ImageProvenance provenance,
        bool withVoi
    )
    {
        var inverted = module.Photometric == "MONOCHROME1";
        var table = GrayscaleTable.Build(data, stored, frame, inverted, withVoi);
        var pixels = Array.ConvertAll(frame.Samples, sample => table.Values[sample]);
        return new Radiograph(frame.Columns, frame.Rows, table.BitDepth, pixels, provenance);
    }
}
