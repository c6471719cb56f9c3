using System.Numerics;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>Value noise over the body: the same clouds in every picture of a patient, whatever the pose or the resolution.</summary>
internal sealed class Clouds
{
    private const int Cells = 64;
    private readonly float[] _lattice = new float[Cells * Cells];
    private readonly float _frequency;
    private readonly int _octaves;

    /// <summary>Draws the lattice.</summary>
    /// <param name="random">Where its values come from.</param>
    /// <param name="size">Size of the largest cloud in body units.</param>
    /// <param name="octaves">Levels of detail; each is half the size and half the strength of the one before.</param>
    public Clouds(SeededRandom random, float size, int octaves)
    {
        _frequency = 1 / size;
        _octaves = octaves;
        for (var i = 0; i < _lattice.Length; i++)
        {
            _lattice[i] = random.Uniform(-1, 1);
        }
    }

    /// <summary>About -1 to 1, 0 on average.</summary>
    public float At(Vector2 body)
    {
        var sum = 0f;
        var amplitude = 0.7f;
        var p = (body + new Vector2(8, 8)) * _frequency;
        for (var octave = 0; octave < _octaves; octave++)
        {
            sum += amplitude * Smooth(p);
            p = (p * 2.03f) + new Vector2(17.3f, 5.7f);
            amplitude *= 0.5f;
        }

        return sum;
    }

    private float Smooth(Vector2 p)
    {
        var (x, y) = ((int)p.X, (int)p.Y);
        var (u, v) = (p.X - x, p.Y - y);
        u = u * u * (3 - (2 * u));
        v = v * v * (3 - (2 * v));
        var top = Lerp(Lattice(x, y), Lattice(x + 1, y), u);
        var bottom = Lerp(Lattice(x, y + 1), Lattice(x + 1, y + 1), u);
        return Lerp(top, bottom, v);
    }

    private float Lattice(int x, int y) => _lattice[((y & (Cells - 1)) * Cells) + (x & (Cells - 1))];

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);
}
