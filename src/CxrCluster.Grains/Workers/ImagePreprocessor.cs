using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Workers;
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
    RectangularArtifactDetector artifacts,
    CxrInstruments instruments,
    TimeProvider time
)
{
    /// <exception cref="Contracts.Faults.ModelUnavailableException">The model's manifest is missing or damaged.</exception>
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
        return await gate.RunAsync(() => Preprocess(request.Image.Name, bytes, preprocessor), cancellationToken);
    }

    private PreprocessReply Preprocess(string name, byte[] bytes, Preprocessor preprocessor)
    {
        try
        {
            long started = time.GetTimestamp();
            Radiograph radiograph = RadiographReader.Read(bytes, name);
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
    }

    private static PreprocessReply Refused(ImageOutcome outcome, string code, string text) =>
        new() { Refusal = outcome, Reason = new Reason(code, text) };
}
