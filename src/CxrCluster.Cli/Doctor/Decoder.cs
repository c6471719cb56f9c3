using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Cli.Doctor;

/// <summary>Starts a DICOM decoder.</summary>
internal static class Decoder
{
    /// <summary>Asks a child process for its decoder. Without one everything but compressed DICOM still works.</summary>
    public static async Task<CheckResult> CheckAsync(
        IConfiguration configuration,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        const string name = "decoder";
        var options = configuration.GetSection("Dicom").Get<DicomOptions>() ?? new DicomOptions();
        if (options.Validate().FirstOrDefault() is { } problem)
            return CheckResult.Fail(name, problem);
        try
        {
            await using var pool = new DecoderPool(options.Decoder, time);
            return CheckResult.Ok(name, await pool.CheckAsync(cancellationToken));
        }
        catch (DecoderUnavailableException exception)
        {
            return CheckResult.Warn(name, exception.Message);
        }
    }
}
