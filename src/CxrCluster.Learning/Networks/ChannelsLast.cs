using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// The channels-last memory layout: shape stays N x C x H x W, the channel becomes the innermost stride. Convolutions
/// run about a third faster in it on a CPU, and it survives convolution, batch normalisation, ReLU, pooling,
/// upsampling and concatenation. TorchSharp has no memory_format argument, hence the two permutations.
/// </summary>
public static class ChannelsLast
{
    /// <summary>The tensor (N x C x H x W) with channels-last strides; the same values.</summary>
    public static Tensor Of(Tensor tensor)
    {
        using Tensor permuted = tensor.permute(0, 2, 3, 1);
        using Tensor contiguous = permuted.contiguous();
        return contiguous.permute(0, 3, 1, 2);
    }

    /// <summary>
    /// Gives every convolution weight of <paramref name="module" /> channels-last strides. It replaces the parameters:
    /// call it before an optimiser is made over them.
    /// </summary>
    public static void Apply(nn.Module module)
    {
        using IDisposable noGrad = no_grad();
        foreach (Convolution convolution in module.modules().OfType<Convolution>())
        {
            using DisposeScope scope = NewDisposeScope();
            Parameter weight = convolution.Weight;
            // clone: a 1x1 kernel is contiguous in both layouts, and the old parameter's memory goes away with it
            convolution.Weight = new Parameter(Of(weight.detach()).clone(), weight.requires_grad);
        }
    }
}
