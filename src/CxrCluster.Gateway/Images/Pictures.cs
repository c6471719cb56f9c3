using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Workers;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Explanations;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Gateway.Images;

/// <summary>Pictures of images for a screen. Decoding waits for a core like all CPU work of the process.</summary>
internal sealed class Pictures(
    IBlobStore blobs,
    ModelManifests manifests,
    CpuGate gate,
    ImageFileReader images,
    SlotMaps maps,
    PictureCache cache
)
{
    /// <summary>Side of the pictures in lists, pixels.</summary>
    public const int Thumbnail = 96;

    /// <summary>The radiograph as it came, shrunk to the side.</summary>
    /// <exception cref="UnreadableImageException">It cannot be decoded, or its bytes are gone.</exception>
    public Task<byte[]> OriginalAsync(InstanceRecord image, int side, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"original/{image.BlobKey}/{side}",
            async () =>
            {
                byte[] bytes = await BytesAsync(image, cancellationToken);
                return await gate.HoldAsync(
                    async () => Pixels.Original(await DecodeAsync(image, bytes, cancellationToken), side),
                    cancellationToken
                );
            }
        );

    /// <summary>What the model's network sees, shrunk to the side.</summary>
    /// <exception cref="UnreadableImageException">It cannot be decoded, or its bytes are gone.</exception>
    public Task<byte[]> NetworkAsync(
        InstanceRecord image,
        ModelId model,
        int side,
        CancellationToken cancellationToken
    ) =>
        cache.GetAsync(
            $"network/{image.BlobKey}/{model}/{side}",
            async () => Pixels.Square(await SquareAsync(image, model, cancellationToken), side)
        );

    /// <summary>The U-net's lung map as a layer over the picture above.</summary>
    /// <exception cref="UnreadableImageException">It cannot be decoded, or its bytes are gone.</exception>
    /// <exception cref="WorkerUnavailableException">No inference slot answered.</exception>
    public Task<byte[]> LungsAsync(InstanceRecord image, ModelId model, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"lungs/{image.BlobKey}/{model}",
            async () =>
            {
                SquareImage square = await SquareAsync(image, model, cancellationToken);
                return Pixels.Overlay(await maps.LungsAsync(square, model, cancellationToken));
            }
        );

    /// <summary>The heat map over what the network sees, with its legend; the lungs' outline when asked for.</summary>
    /// <exception cref="UnreadableImageException">It cannot be decoded, or its bytes are gone.</exception>
    /// <exception cref="Contracts.Faults.WorkerUnavailableException">No inference slot answered.</exception>
    public Task<byte[]> HeatMapAsync(
        InstanceRecord image,
        ModelId model,
        bool outline,
        CancellationToken cancellationToken
    ) =>
        cache.GetAsync(
            $"heatmap/{image.BlobKey}/{model}/{outline}",
            async () =>
            {
                SquareImage square = await SquareAsync(image, model, cancellationToken);
                (SquareImage heat, SquareImage lungs) = await maps.HeatAsync(square, model, cancellationToken);
                return await gate.RunAsync(
                    () => HeatMapOverlay.Encode(HeatMapOverlay.Draw(square, heat, outline ? lungs : null)),
                    cancellationToken
                );
            }
        );

    private async Task<SquareImage> SquareAsync(
        InstanceRecord image,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        Preprocessor preprocessor = await manifests.PreprocessorAsync(model, cancellationToken);
        byte[] bytes = await BytesAsync(image, cancellationToken);
        return await gate.HoldAsync(
            async () => preprocessor.Apply(await DecodeAsync(image, bytes, cancellationToken)).Square,
            cancellationToken
        );
    }

    private async Task<Radiograph> DecodeAsync(InstanceRecord image, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await images.ReadAsync(bytes, image.Name, cancellationToken);
        }
        catch (Exception exception) when (exception is IneligibleImageException or DecoderUnavailableException)
        {
            throw new UnreadableImageException(exception.Message, exception);
        }
        catch (DecoderBusyException exception)
        {
            throw new WorkerBusyException(exception.Message, exception);
        }
    }

    private async Task<byte[]> BytesAsync(InstanceRecord image, CancellationToken cancellationToken) =>
        await blobs.GetAsync(image.BlobKey, cancellationToken)
        ?? throw new UnreadableImageException(
            $"{image.Name}: its bytes are not in the blob store. Send the image again."
        );
}
