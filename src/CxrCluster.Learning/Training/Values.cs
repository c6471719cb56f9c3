using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>Reads numbers out of tensors.</summary>
internal static class Values
{
    /// <summary>The only element of a tensor, of any type and device.</summary>
    public static double Single(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(float64).cpu().data<double>()[0];
    }
}
