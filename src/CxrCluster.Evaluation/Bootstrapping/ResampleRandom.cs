namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>
/// Random numbers of resamples: splitmix64 (Steele, Lea and Flood 2014). Own, because the numbers behind published
/// intervals must not change with the runtime.
/// </summary>
internal sealed class ResampleRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <summary>A stream of its own per key.</summary>
    public ResampleRandom(params ReadOnlySpan<int> key)
    {
        foreach (int part in key)
            state = Next() ^ (uint)part;
    }

    /// <summary>A number from 0 to below <paramref name="count"/>; its bias is below count / 2^64.</summary>
    public int Index(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    private ulong Next()
    {
        state += Golden;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
