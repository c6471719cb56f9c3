using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Jobs;

/// <summary>How fast a hospital's part goes on.</summary>
/// <param name="ImagesPerSecond">Images that got their final state, over the last minute.</param>
/// <param name="SecondsLeft">At that pace, for what is known so far; null when it stands still.</param>
public sealed record HospitalPace(HospitalId Hospital, double ImagesPerSecond, double? SecondsLeft);
