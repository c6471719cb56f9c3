using CxrCluster.Cli.Terminal;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Imaging;

namespace CxrCluster.Cli.Images;

/// <summary>Reads the one image of a command, without a cluster.</summary>
internal static class ImageReading
{
    /// <summary>Reads a file of any supported kind.</summary>
    public static async Task<Radiograph> ReadAsync(CliContext context, string path, CancellationToken cancellationToken)
    {
        var options = new DicomOptions { Decoder = new DecoderOptions { Children = 1 } };
        await using var pool = new DecoderPool(options.Decoder, context.Time);
        var reader = new ImageFileReader(new DicomReader(options, pool));
        return await reader.ReadFileAsync(path, cancellationToken);
    }
}
