using System.Numerics;

namespace CxrCluster.Synthesis.Plan;

/// <summary>
/// xoshiro256** (Blackman and Vigna 2018) with its state filled by splitmix64 from (seed, stream, patient, image).
/// Written here because the algorithm behind <see cref="Random"/> may change between releases of .NET, and equal seeds
/// must go on to give equal bytes.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>The generator of one stream of one patient or image; independent of every other.</summary>
    public SeededRandom(int seed, RandomStream stream, int patient = 0, int image = 0)
    {
        var state = Mix((ulong)(uint)seed);
        state = Mix(state ^ (ulong)stream);
        state = Mix(state ^ (ulong)(uint)patient);
        state = Mix(state ^ (ulong)(uint)image);
        _a = state = Mix(state);
        _b = state = Mix(state);
        _c = state = Mix(state);
        _d = Mix(state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + ((high - low) * NextSingle());

    /// <summary>Uniform integer in [0, count).</summary>
    public int Next(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => NextSingle() < probability;

    /// <summary>-1 or +1, each half of the time.</summary>
    public int Sign() => Chance(0.5f) ? 1 : -1;

    /// <summary>
    /// Near-normal, mean 0, standard deviation 1, within ±3.5: the sum of four uniform 16-bit numbers (Irwin-Hall). Sums
    /// of integers are the same on every processor, and cheap enough for one per pixel.
    /// </summary>
    public float Normal()
    {
        var bits = NextBits();
        var sum =
            (int)(bits & 0xffff) + (int)((bits >> 16) & 0xffff) + (int)((bits >> 32) & 0xffff) + (int)(bits >> 48);
        return (sum - 131070) * (1f / 37837.2f);
    }

    /// <summary>An index with probability proportional to its weight.</summary>
    public int Weighted(params ReadOnlySpan<float> weights)
    {
        var total = 0f;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = NextSingle() * total;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    // splitmix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
