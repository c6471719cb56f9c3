using TorchSharp;

namespace CxrCluster.Learning;

/// <summary>
/// Numbers handed to tensor operations, kept alive for good. TorchSharp 0.107 turns a plain number into an object whose
/// finalizer frees native memory, and keeps no reference to it while the native call runs: a garbage collection in that
/// moment frees the number under the call ("Unknown scalar type", "Expected false to be true", or a wrong result), which a
/// busy machine shows every few minutes. Loops that run for long therefore pass numbers from here, and never call
/// <c>add(x)</c>, <c>a + b</c>, <c>a + 1</c> or <c>1 - a</c>, which make one themselves: <c>add(x, Scalars.One)</c>.
/// </summary>
internal static class Scalars
{
    public static readonly Scalar Zero = 0.0;
    public static readonly Scalar Half = 0.5;
    public static readonly Scalar One = 1.0;
    public static readonly Scalar Two = 2.0;
    public static readonly Scalar White = 255.0;
}
