using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Workers;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Eligibility;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Workers;

/// <summary>Makes an image in the blob store into the square that one model takes, or says why not.</summary>
public sealed class ImagePreprocessor(
    IBlobStore blobs,
    ModelManifests manifests,
    CpuGate gate,
    ImageFileReader images,
    RectangularArtifactDetector artifacts,
    CxrInstruments instruments,
    TimeProvider time
)
{
    /// <exception cref="ModelUnavailableException">The model's manifest is missing or damaged.</exception>
    /// <exception cref="WorkerBusyException">Too many images wait for a DICOM decoder here.</exception>
    public async Task<PreprocessReply> PreprocessAsync(PreprocessRequest request, CancellationToken cancellationToken)
    {
        Preprocessor preprocessor = await manifests.PreprocessorAsync(request.Model, cancellationToken);
        long started = time.GetTimestamp();
        byte[]? bytes = await blobs.GetAsync(request.Image.BlobKey, cancellationToken);
        instruments.StageFinished("fetch", time.GetElapsedTime(started));
        if (bytes is null)
            return Refused(
                ImageOutcome.Failed,
                ReasonCodes.Missing,
                $"{request.Image.Name}: its bytes are not in the blob store. Send the image again."
            );
        return await gate.HoldAsync(
            () => PreprocessAsync(request.Image.Name, bytes, preprocessor, cancellationToken),
            cancellationToken
        );
    }

    private async Task<PreprocessReply> PreprocessAsync(
        string name,
        byte[] bytes,
        Preprocessor preprocessor,
        CancellationToken cancellationToken
    )
    {
        try
        {
            long started = time.GetTimestamp();
            Radiograph radiograph = await images.ReadEligibleAsync(bytes, name, cancellationToken);
            instruments.StageFinished("decode", time.GetElapsedTime(started));

            started = time.GetTimestamp();
            if (artifacts.Detect(radiograph) is { } artifact)
                return Refused(
                    ImageOutcome.Excluded,
                    ReasonCodes.RectangularArtifact,
                    $"{name}: {artifact.Description}"
                );
            SquareImage square = preprocessor.Apply(radiograph).Square;
            instruments.StageFinished("preprocess", time.GetElapsedTime(started));
            return new PreprocessReply { Side = square.Side, Pixels = square.Pixels };
        }
        catch (UnreadableImageException exception)
        {
            return Refused(ImageOutcome.Failed, ReasonCodes.Unreadable, exception.Message);
        }
        catch (IneligibleImageException exception)
        {
            return Refused(ImageOutcome.Excluded, ExclusionCodes.Of(exception.Exclusion.Kind), exception.Message);
        }
        catch (DecoderUnavailableException exception)
        {
            return Refused(ImageOutcome.Failed, ReasonCodes.NoDecoder, exception.Message);
        }
        catch (DecoderBusyException exception)
        {
            throw new WorkerBusyException(exception.Message, exception);
        }
    }

    private static PreprocessReply Refused(ImageOutcome outcome, string code, string text) =>
        new() { Refusal = outcome, Reason = new Reason(code, text) };
}
