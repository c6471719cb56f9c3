using System.Text.Json.Serialization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Similarity;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Scoring;

/// <summary>The answer to a scored image.</summary>
public sealed record ScoreReply : ImageResult
{
    /// <summary>From the rows and the search.</summary>
    public ScoreReply(ScoredInstance scored, SimilarAnswer cases)
        : base(scored.Instance, scored.Score)
    {
        Similar = cases.Similar;
        Missing = cases.Missing;
    }

    /// <summary>The nearest cases of other patients; none when the image was excluded.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<SimilarCase> Similar { get; }

    /// <summary>Hospitals whose cases are missing from <see cref="Similar"/> because they did not answer.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<HospitalId> Missing { get; }
}
