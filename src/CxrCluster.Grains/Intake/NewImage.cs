using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Intake;

/// <summary>An image that arrives, with what its sender says about it.</summary>
/// <param name="Content">The file, as it is.</param>
public sealed record NewImage(
    HospitalId Hospital,
    string Name,
    ReadOnlyMemory<byte> Content,
    string? PatientId = null,
    string? View = null,
    int? Label = null
);
