using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom.Reports;
using CxrCluster.Grains.Scoring;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Explanations;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Grains.WriteBacks;

/// <summary>Makes the DICOM files that report a result.</summary>
public sealed class ReportMaker(IBlobStore blobs, IExplainer explainer)
{
    /// <summary>Structured report and heat map.</summary>
    /// <exception cref="ReportRefusedException">There can be no report: no DICOM image, other content by now, no result.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeAsync(
        ScoredInstance result,
        CancellationToken cancellationToken
    )
    {
        (InstanceRecord instance, ScoreRecord score) = (result.Instance, result.Score);
        if (score.Score is not { Probability: { } probability, Threshold: { } threshold })
            throw new ReportRefusedException($"{instance.Name} has no probability to report.");
        if (instance.Sha256 != score.Sha256)
            throw new ReportRefusedException(
                $"{instance.Name} has other content than was scored: its new content is reported when it is scored."
            );
        byte[] bytes =
            await blobs.GetAsync(instance.BlobKey, cancellationToken)
            ?? throw new ReportRefusedException(
                $"{instance.Name}: its bytes are not in the blob store. Send the image again."
            );
        SourceImage source = Read(bytes, instance.Name);
        var image = new ScoredImage
        {
            Hospital = instance.Id.Hospital.Value,
            Sha256 = score.Sha256,
            Probability = probability,
            Threshold = threshold,
            ModelName = score.Model.Name,
            ModelVersion = score.Model.Version,
            ScoredAt = score.ScoredAt,
        };
        Explanation explanation =
            await explainer.ExplainAsync(
                new ImageSource(instance.BlobKey, instance.Name, instance.View),
                score.Model,
                cancellationToken
            ) ?? throw new ReportRefusedException($"{instance.Name} was scored and is now refused: look at the image.");
        ColourImage picture = HeatMapOverlay.Draw(
            explanation.Square,
            explanation.Heat,
            explanation.Lungs,
            SecondaryCapture.Text(image)
        );
        return [StructuredReport.Write(image, source), SecondaryCapture.Write(image, source, picture)];
    }

    private static SourceImage Read(byte[] bytes, string name)
    {
        try
        {
            return SourceImage.Read(bytes, name);
        }
        catch (UnreadableImageException exception)
        {
            throw new ReportRefusedException(exception.Message, exception);
        }
    }
}
