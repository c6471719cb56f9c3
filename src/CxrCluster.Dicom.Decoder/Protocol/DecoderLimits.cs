using System.Globalization;

namespace CxrCluster.Dicom.Decoder.Protocol;

/// <summary>What one child may use. It binds itself before it loads any foreign code.</summary>
/// <param name="MemoryBytes">Address space beyond what the runtime reserves at its start (RLIMIT_AS).</param>
/// <param name="CpuSeconds">Processor time for one image (RLIMIT_CPU, moved forward with each image).</param>
/// <param name="WallSeconds">Elapsed time for one image, should nobody be there any more to end the child.</param>
/// <param name="Descriptors">Open descriptors (RLIMIT_NOFILE).</param>
internal sealed record DecoderLimits(long MemoryBytes, int CpuSeconds, int WallSeconds, int Descriptors)
{
    /// <summary>The limits as command-line arguments.</summary>
    public IEnumerable<string> ToArguments() =>
        new long[] { MemoryBytes, CpuSeconds, WallSeconds, Descriptors }.Select(n =>
            n.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>The inverse of <see cref="ToArguments"/>.</summary>
    public static DecoderLimits Parse(ReadOnlySpan<string> arguments) =>
        new(
            long.Parse(arguments[0], CultureInfo.InvariantCulture),
            int.Parse(arguments[1], CultureInfo.InvariantCulture),
            int.Parse(arguments[2], CultureInfo.InvariantCulture),
            int.Parse(arguments[3], CultureInfo.InvariantCulture)
        );
}
