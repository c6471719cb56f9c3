using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// Integer dot products of unsigned 8-bit codes and signed 7-bit query codes (at most ±63, so that a pair of products,
/// 2 · 255 · 63, fits in 16 bits). Integers are exact: every path gives the same numbers on every machine.
/// </summary>
internal static class DotKernel
{
    /// <summary>Queries that <see cref="Four" /> takes at once: each code is loaded once for all of them.</summary>
    public const int QueriesAtOnce = 4;

    /// <summary>Dot products of the 16 vectors of a block with one query.</summary>
    /// <param name="block">A block as <see cref="CodeBlocks" /> lays it out.</param>
    /// <param name="query">Four query codes per element.</param>
    /// <param name="dots">16 numbers.</param>
    public static void One(ReadOnlySpan<byte> block, ReadOnlySpan<int> query, Span<int> dots)
    {
        if (Avx512BW.IsSupported)
            One512(block, query).CopyTo(dots);
        else if (Avx2.IsSupported)
            One256(block, query, dots);
        else
            Portable(block, query, dots);
    }

    /// <summary>As <see cref="One" /> for four queries whose codes lie one after the other.</summary>
    /// <param name="queries">Four times as many elements as a query has.</param>
    /// <param name="dots">64 numbers: 16 per query.</param>
    public static void Four(ReadOnlySpan<byte> block, ReadOnlySpan<int> queries, Span<int> dots)
    {
        if (Avx512BW.IsSupported)
        {
            Four512(block, queries, dots);
            return;
        }
        int groups = queries.Length / QueriesAtOnce;
        for (int q = 0; q < QueriesAtOnce; q++)
            One(block, queries.Slice(q * groups, groups), dots.Slice(q * CodeBlocks.Vectors, CodeBlocks.Vectors));
    }

    /// <summary>The definition; for machines without AVX2.</summary>
    internal static void Portable(ReadOnlySpan<byte> block, ReadOnlySpan<int> query, Span<int> dots)
    {
        ReadOnlySpan<sbyte> signed = MemoryMarshal.Cast<int, sbyte>(query);
        dots.Clear();
        for (int group = 0; group < query.Length; group++)
        for (int i = 0; i < CodeBlocks.Vectors * CodeBlocks.Group; i++)
            dots[i / CodeBlocks.Group] +=
                block[group * CodeBlocks.Vectors * CodeBlocks.Group + i]
                * signed[group * CodeBlocks.Group + i % CodeBlocks.Group];
    }

    /// <summary>The same with 256-bit registers, half a block at a time.</summary>
    internal static void One256(ReadOnlySpan<byte> block, ReadOnlySpan<int> query, Span<int> dots)
    {
        ref byte codes = ref MemoryMarshal.GetReference(block);
        Vector256<int> low = Vector256<int>.Zero;
        Vector256<int> high = Vector256<int>.Zero;
        for (int group = 0; group < query.Length; group++)
        {
            Vector256<sbyte> four = Vector256.Create(query[group]).AsSByte();
            nuint at = (nuint)(group * CodeBlocks.Vectors * CodeBlocks.Group);
            low += Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref codes, at), four),
                Vector256<short>.One
            );
            high += Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref codes, at + 32), four),
                Vector256<short>.One
            );
        }
        low.CopyTo(dots);
        high.CopyTo(dots[8..]);
    }

    private static Vector512<int> One512(ReadOnlySpan<byte> block, ReadOnlySpan<int> query)
    {
        ref byte codes = ref MemoryMarshal.GetReference(block);
        ref int first = ref MemoryMarshal.GetReference(query);
        Vector512<int> even = Vector512<int>.Zero;
        Vector512<int> odd = Vector512<int>.Zero;
        int group = 0;
        for (; group + 1 < query.Length; group += 2)
        {
            even += Products(ref codes, group, Unsafe.Add(ref first, group));
            odd += Products(ref codes, group + 1, Unsafe.Add(ref first, group + 1));
        }
        return group < query.Length
            ? even + odd + Products(ref codes, group, Unsafe.Add(ref first, group))
            : even + odd;
    }

    private static void Four512(ReadOnlySpan<byte> block, ReadOnlySpan<int> queries, Span<int> dots)
    {
        int groups = queries.Length / QueriesAtOnce;
        ref byte codes = ref MemoryMarshal.GetReference(block);
        ref int query = ref MemoryMarshal.GetReference(queries);
        Vector512<int> a = Vector512<int>.Zero;
        Vector512<int> b = Vector512<int>.Zero;
        Vector512<int> c = Vector512<int>.Zero;
        Vector512<int> d = Vector512<int>.Zero;
        for (int group = 0; group < groups; group++)
        {
            a += Products(ref codes, group, Unsafe.Add(ref query, group));
            b += Products(ref codes, group, Unsafe.Add(ref query, group + groups));
            c += Products(ref codes, group, Unsafe.Add(ref query, group + 2 * groups));
            d += Products(ref codes, group, Unsafe.Add(ref query, group + 3 * groups));
        }
        a.CopyTo(dots);
        b.CopyTo(dots[16..]);
        c.CopyTo(dots[32..]);
        d.CopyTo(dots[48..]);
    }

    /// <summary>Sums of four products each, of 16 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Products(ref byte codes, int group, int query) =>
        Avx512BW.MultiplyAddAdjacent(
            Avx512BW.MultiplyAddAdjacent(
                Vector512.LoadUnsafe(ref codes, (nuint)(group * CodeBlocks.Vectors * CodeBlocks.Group)),
                Vector512.Create(query).AsSByte()
            ),
            Vector512<short>.One
        );
}
