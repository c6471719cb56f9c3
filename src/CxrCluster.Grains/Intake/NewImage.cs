using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Intake;

/// <summary>An image that arrives, with what its sender says about it.</summary>
/// <param name="Content">The file, as it is.</param>
/// <param name="Uid">Under which the sender knows it; null: one that is made from the content.</param>
public sealed record NewImage(
    HospitalId Hospital,
    string Name,
    ReadOnlyMemory<byte> Content,
    string? PatientId = null,
    string? View = null,
    int? Label = null,
    SopInstanceUid? Uid = null
);
