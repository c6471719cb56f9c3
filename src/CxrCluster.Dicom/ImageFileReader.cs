using CxrCluster.Dicom.Format;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom;

/// <summary>Reads an image file of any supported kind: DICOM as <see cref="DicomReader"/> does, others as <see cref="RadiographReader"/>.</summary>
public sealed class ImageFileReader(DicomReader dicom)
{
    /// <summary>Reads a picture, whatever it shows.</summary>
    /// <param name="bytes">The file; its kind is taken from its content.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnreadableImageException">It is no usable picture.</exception>
    /// <exception cref="IneligibleImageException">It has several frames and the policy refuses them.</exception>
    /// <exception cref="Decoding.DecoderUnavailableException">Its pixels need GDCM, which is not installed.</exception>
    /// <exception cref="Decoding.DecoderBusyException">More images wait than may.</exception>
    public async Task<Radiograph> ReadAsync(byte[] bytes, string name, CancellationToken cancellationToken) =>
        DicomFormat.Matches(bytes)
            ? (await dicom.ReadAsync(bytes, name, cancellationToken)).Radiograph
            : RadiographReader.Read(bytes, name);

    /// <summary>Reads a picture unless its header says that it is no frontal chest X-ray.</summary>
    /// <inheritdoc cref="ReadAsync(byte[], string, CancellationToken)"/>
    public async Task<Radiograph> ReadEligibleAsync(byte[] bytes, string name, CancellationToken cancellationToken) =>
        DicomFormat.Matches(bytes)
            ? (await dicom.ReadEligibleAsync(bytes, name, cancellationToken)).Radiograph
            : RadiographReader.Read(bytes, name);

    /// <summary>Reads one file.</summary>
    /// <inheritdoc cref="ReadAsync(byte[], string, CancellationToken)"/>
    public Task<Radiograph> ReadFileAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(ImageFile.ReadAllBytes(path), path, cancellationToken);
}
