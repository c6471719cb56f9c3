using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>What the rays meet on their way to each pixel.</summary>
/// <param name="Attenuation">0 in air, about 1 behind the middle of the abdomen.</param>
/// <param name="Lungs">The lung fields: 1 inside, 0 outside, the covered share at the edge; null in a lateral view.</param>
/// <param name="Opacity">Share of the lungs' air that disease has replaced, 0 to 1.</param>
internal sealed record ChestPhantom(Raster Attenuation, Raster? Lungs, double Opacity);
