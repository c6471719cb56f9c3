using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Scoring;

/// <summary>An image and what a model says about it, as the API shows it.</summary>
public record ImageResult
{
    /// <summary>From the rows.</summary>
    public ImageResult(InstanceRecord image, ScoreRecord? result)
    {
        Hospital = image.Id.Hospital;
        Uid = image.Id.Uid;
        Name = image.Name;
        PatientId = image.PatientId;
        View = image.View;
        KnownLabel = image.Label;
        Sha256 = image.Sha256;
        ReceivedAt = image.ReceivedAt;
        Status = result?.Score.Outcome;
        Probability = result?.Score.Probability;
        Label = result?.Score.Label;
        Threshold = result?.Score.Threshold;
        Model = result?.Model;
        LungFraction = result?.Score.LungFraction;
        Reason = result?.Score.Reason?.Text;
        ReasonCode = result?.Score.Reason?.Code;
        Milliseconds = result?.Score.Milliseconds;
        ScoredAt = result?.ScoredAt;
    }

    /// <summary>Whose image.</summary>
    public HospitalId Hospital { get; }

    /// <summary>SOP instance UID; for files without one, made from their content.</summary>
    public SopInstanceUid Uid { get; }

    /// <summary>The name it was sent with.</summary>
    public string Name { get; }

    /// <summary>The hospital's patient id; null if unknown.</summary>
    public string? PatientId { get; }

    /// <summary>View position; null if unknown.</summary>
    public string? View { get; }

    /// <summary>The class the hospital gave, 1 = COVID-19, 0 = not; null if unknown.</summary>
    public int? KnownLabel { get; }

    /// <summary>Hash of the bytes as they came.</summary>
    public string Sha256 { get; }

    /// <summary>When the cluster first saw it, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Scored, excluded or failed; null while this model has no result.</summary>
    public ImageOutcome? Status { get; }

    /// <summary>Probability of COVID-19, 0 to 1; null unless scored.</summary>
    public double? Probability { get; }

    /// <summary>1 when the probability reaches the threshold, else 0; null unless scored.</summary>
    public int? Label { get; }

    /// <summary>The model's operating point.</summary>
    public double? Threshold { get; }

    /// <summary>The model, "name@version".</summary>
    public ModelId? Model { get; }

    /// <summary>Share of the picture that the U-net takes for lung, 0 to 1.</summary>
    public double? LungFraction { get; }

    /// <summary>Why it was excluded or failed: a sentence.</summary>
    public string? Reason { get; }

    /// <summary>Why it was excluded or failed: a countable code.</summary>
    public string? ReasonCode { get; }

    /// <summary>From taking up the image to the result, queues included.</summary>
    public double? Milliseconds { get; }

    /// <summary>When the result was recorded, UTC.</summary>
    public DateTimeOffset? ScoredAt { get; }
}
