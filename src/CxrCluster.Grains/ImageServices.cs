using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains;

/// <summary>Registers what reads image files.</summary>
public static class ImageServices
{
    /// <summary>A reader of every supported kind of file, and its pool of DICOM decoders; TimeProvider is the host's.</summary>
    public static IServiceCollection AddCxrImages(this IServiceCollection services, DicomOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new DecoderPool(
            options.Decoder,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<DecoderPool>>()
        ));
        services.AddSingleton<DicomReader>();
        return services.AddSingleton<ImageFileReader>();
    }
}
