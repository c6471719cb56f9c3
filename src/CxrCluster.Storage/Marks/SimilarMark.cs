using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Marks;

/// <summary>A reader's verdict on one neighbour of an image.</summary>
/// <param name="Image">Whose neighbours were asked for.</param>
/// <param name="Neighbour">Which of them, under the id that the reader saw: a pseudonym when it is another hospital's.</param>
/// <param name="Model">Whose embeddings were compared.</param>
/// <param name="Reader">Who.</param>
/// <param name="MarkedAt">UTC.</param>
public sealed record SimilarMark(
    InstanceId Image,
    InstanceId Neighbour,
    ModelId Model,
    MarkVerdict Verdict,
    string Reader,
    DateTimeOffset MarkedAt
);
