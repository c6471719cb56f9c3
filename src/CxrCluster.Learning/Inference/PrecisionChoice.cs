using System.Runtime.Intrinsics.X86;

namespace CxrCluster.Learning.Inference;

/// <summary>Which precision an engine computes in.</summary>
public static class PrecisionChoice
{
    /// <summary>
    /// Whether this CPU multiplies bfloat16 in hardware: CPUID leaf 7, subleaf 1, EAX bit 5 (avx512_bf16), and an
    /// operating system that saves the AVX-512 registers.
    /// </summary>
    public static bool CpuHasBFloat16 { get; } = DetectBFloat16();

    /// <summary>
    /// What the options ask for, else what the bundle asks for. bfloat16 on a CPU without the instructions is emulated
    /// and slow, so only the options can force it; a bundle's wish gives way to float32. On CUDA auto means float32.
    /// </summary>
    /// <returns><see cref="Precision.Float32" /> or <see cref="Precision.BFloat16" />.</returns>
    public static Precision Resolve(Precision options, Precision bundle, bool onCpu, bool cpuHasBFloat16) =>
        options switch
        {
            Precision.Auto when bundle != Precision.Float32 && onCpu && cpuHasBFloat16 => Precision.BFloat16,
            Precision.Auto => Precision.Float32,
            _ => options,
        };

    private static bool DetectBFloat16() =>
        Avx512F.IsSupported && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;
}
