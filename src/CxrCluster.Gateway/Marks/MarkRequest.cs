using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Marks;

namespace CxrCluster.Gateway.Marks;

/// <summary>A reader's verdict on a neighbour of an image.</summary>
/// <param name="Hospital">Of the image whose neighbours were asked for.</param>
/// <param name="Uid">Of that image.</param>
/// <param name="NeighbourHospital">As the search answered.</param>
/// <param name="NeighbourUid">As the search answered: a pseudonym when it is another hospital's.</param>
/// <param name="Verdict">"similar" or "notSimilar"; it replaces the reader's earlier one.</param>
/// <param name="Model">Null: the one whose embeddings the cluster compares.</param>
public sealed record MarkRequest(
    HospitalId Hospital,
    SopInstanceUid Uid,
    HospitalId NeighbourHospital,
    SopInstanceUid NeighbourUid,
    MarkVerdict Verdict,
    ModelId? Model = null
);
