using System.Text.Json.Serialization;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Jobs;

/// <summary>A line of a job's results.</summary>
public sealed record JobResult : ImageResult
{
    /// <summary>From the rows.</summary>
    public JobResult(long ordinal, ScoredInstance result, bool withEmbedding)
        : base(result.Instance, result.Score)
    {
        Ordinal = ordinal;
        Embedding = withEmbedding ? result.Score.Score.Embedding : null;
    }

    /// <summary>Place in the job's input, from 0.</summary>
    public long Ordinal { get; }

    /// <summary>The vector before the classifier's last layer; null unless asked for.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<float>? Embedding { get; }
}
