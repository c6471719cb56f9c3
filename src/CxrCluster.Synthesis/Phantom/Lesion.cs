using System.Numerics;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>A place in a lung where air is replaced, in body coordinates.</summary>
/// <param name="Low">Upper left corner of a box around it.</param>
/// <param name="High">Lower right corner of that box.</param>
/// <param name="Share">The share of the air that is replaced at a point, 0 to 1.</param>
internal sealed record Lesion(Vector2 Low, Vector2 High, Func<Vector2, float> Share);
