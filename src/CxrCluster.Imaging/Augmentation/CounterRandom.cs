using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Imaging.Augmentation;

/// <summary>
/// A stream of random numbers that depends on what it is for and on nothing else: no state travels between epochs, images
/// or machines, so that a resumed training, or one with more workers, draws what it would have drawn anyway. The n-th number
/// is the n-th of SplitMix64 (Steele, Lea and Flood 2014) from a key hashed out of the purpose.
/// </summary>
public sealed class CounterRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>The stream of a seed, an epoch and a purpose.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch, from 1; 0 where there is none.</param>
    /// <param name="purpose">What is drawn: an image's name, or a word.</param>
    public CounterRandom(int seed, int epoch, string purpose)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{epoch}\n{purpose}"));
        _state = BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary>The stream of a key.</summary>
    public CounterRandom(ulong key) => _state = key;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Step;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var other = (int)(NextDouble() * (i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
