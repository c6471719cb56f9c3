using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CxrCluster.Similarity.Scanning;

namespace CxrCluster.Similarity.Tests.Scanning;

public sealed class DotKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(130)]
    public void EveryPath_AnyCodes_EqualsPlainSums(int dimension)
    {
        var random = new Random(dimension);
        int groups = CodeBlocks.Groups(dimension);
        var block = new byte[CodeBlocks.Bytes(dimension)];
        random.NextBytes(block);
        int[] queries = RandomQueries(random, groups);

        var four = new int[64];
        DotKernel.Four(block, queries, four);
        for (int q = 0; q < DotKernel.QueriesAtOnce; q++)
        {
            int[] query = queries[(q * groups)..((q + 1) * groups)];
            int[] truth = Truth(block, query);
            var dots = new int[16];
            DotKernel.One(block, query, dots);
            Assert.Equal(truth, dots);
            Assert.Equal(truth, four[(q * 16)..(q * 16 + 16)]);
            DotKernel.Portable(block, query, dots);
            Assert.Equal(truth, dots);
            if (Avx2.IsSupported)
            {
                DotKernel.One256(block, query, dots);
                Assert.Equal(truth, dots);
            }
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(-63)]
    public void One_LargestCodes_DoesNotSaturate(int code)
    {
        int groups = CodeBlocks.Groups(128);
        var block = new byte[CodeBlocks.Bytes(128)];
        Array.Fill(block, byte.MaxValue);
        var query = new int[groups];
        MemoryMarshal.AsBytes(query.AsSpan()).Fill((byte)code);

        var dots = new int[16];
        DotKernel.One(block, query, dots);

        Assert.All(dots, dot => Assert.Equal(128 * 255 * code, dot));
    }

    private static int[] RandomQueries(Random random, int groups)
    {
        var queries = new int[DotKernel.QueriesAtOnce * groups];
        foreach (ref sbyte code in MemoryMarshal.Cast<int, sbyte>(queries.AsSpan()))
            code = (sbyte)random.Next(-63, 64);
        return queries;
    }

    private static int[] Truth(byte[] block, int[] query)
    {
        ReadOnlySpan<sbyte> codes = MemoryMarshal.Cast<int, sbyte>(query);
        var dots = new int[CodeBlocks.Vectors];
        for (int row = 0; row < dots.Length; row++)
        for (int component = 0; component < codes.Length; component++)
            dots[row] += block[CodeBlocks.Offset(codes.Length, row, component)] * codes[component];
        return dots;
    }
}
