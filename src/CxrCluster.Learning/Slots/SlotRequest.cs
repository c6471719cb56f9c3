using CxrCluster.Imaging;

namespace CxrCluster.Learning.Slots;

/// <summary>One image to score.</summary>
/// <param name="Model">"name@version", as the bundle source knows it.</param>
/// <param name="Image">Prepared with that model's preprocessing.</param>
/// <param name="Priority">Who is served first.</param>
/// <param name="WantLungMap">Whether the answer carries the lung map.</param>
/// <param name="WantHeatMap">Whether the answer carries the heat map.</param>
public sealed record SlotRequest(
    string Model,
    SquareImage Image,
    SlotPriority Priority = SlotPriority.Bulk,
    bool WantLungMap = false,
    bool WantHeatMap = false
);
