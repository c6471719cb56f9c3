using CxrCluster.Learning.Inference;

namespace CxrCluster.Learning.Tests.Inference;

public class PrecisionChoiceTests
{
    [Theory]
    // nobody asks: the hardware decides
    [InlineData(Precision.Auto, Precision.Auto, true, true, Precision.BFloat16)]
    [InlineData(Precision.Auto, Precision.Auto, true, false, Precision.Float32)]
    [InlineData(Precision.Auto, Precision.Auto, false, true, Precision.Float32)]
    // the bundle asks
    [InlineData(Precision.Auto, Precision.Float32, true, true, Precision.Float32)]
    [InlineData(Precision.Auto, Precision.BFloat16, true, true, Precision.BFloat16)]
    [InlineData(Precision.Auto, Precision.BFloat16, true, false, Precision.Float32)]
    // the options override
    [InlineData(Precision.Float32, Precision.BFloat16, true, true, Precision.Float32)]
    [InlineData(Precision.BFloat16, Precision.Float32, true, false, Precision.BFloat16)]
    [InlineData(Precision.BFloat16, Precision.Auto, false, false, Precision.BFloat16)]
    public void Resolve_OptionsBundleAndHardware_DecideInThatOrder(
        Precision options,
        Precision bundle,
        bool onCpu,
        bool cpuHasBFloat16,
        Precision expected
    ) => Assert.Equal(expected, PrecisionChoice.Resolve(options, bundle, onCpu, cpuHasBFloat16));

    [Fact]
    public void CpuHasBFloat16_OnLinux_AgreesWithTheKernel()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo"), "no /proc/cpuinfo to compare with");

        bool flagged = File.ReadLines("/proc/cpuinfo").Any(line => line.Split(' ').Contains("avx512_bf16"));

        Assert.Equal(flagged, PrecisionChoice.CpuHasBFloat16);
    }
}
