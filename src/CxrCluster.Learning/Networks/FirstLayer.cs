using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// The first convolution of a classifier, where a network of RGB photographs becomes one of [image, lung probability,
/// zeros], and where the zeros are left out for inference. docs/adr/0006-pretrained-networks.md.
/// </summary>
/// <param name="convolution">Outputs x 3 x k x k.</param>
/// <param name="norm">The normalisation behind it; null when the convolution has a bias instead.</param>
internal sealed class FirstLayer(Convolution convolution, BatchNorm2d? norm)
{
    /// <summary>Mean and standard deviation of red, green and blue that torchvision's networks expect subtracted and divided by.</summary>
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>
    /// Makes filters w of normalised RGB into filters of our channels. A grey image g in [0, 1] gives the response that the
    /// RGB network gives to (g, g, g), for every lung map:
    /// sum over c of w_c * (g - m_c) / s_c = (sum of w_c / s_c) * g - sum over c and taps of w_c m_c / s_c.
    /// The sum in brackets becomes the filter of channel 0. The constant goes where the layer has room for one: the bias, or
    /// the running mean of the normalisation behind (which training replaces by the batch's own). It is exact wherever the
    /// filter lies inside the image; at the border the padding is black instead of mean grey. The filters of the lung map
    /// and of the zeros start at 0.
    /// </summary>
    public void AdaptFromRgb()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = convolution.Weight;
        Tensor scaled = weight.div(PerChannel(ImageNetDeviation));
        Tensor constant = scaled.mul(PerChannel(ImageNetMean)).sum([1, 2, 3]);
        Tensor grey = scaled.sum([1], keepdim: true);
        weight.copy_(cat([grey, zeros_like(grey), zeros_like(grey)], 1));
        if (norm is null)
            convolution.Bias!.add_(constant.neg(), Scalars.One);
        else
            norm.running_mean!.add_(constant, Scalars.One);
    }

    /// <summary>The layer's answer to N x 3 x H x W: convolution, and normalisation where there is one, which must not be folded.</summary>
    public Tensor Respond(Tensor input)
    {
        Tensor response = convolution.call(input);
        if (norm is null)
            return response;
        using (response)
            return Normalising.Apply(norm, response);
    }

    /// <summary>Leaves out the filters of channel 2, which is all zeros: the layer takes N x 2 x H x W afterwards.</summary>
    public void DropZeroChannel()
    {
        using IDisposable noGrad = no_grad();
        using Tensor kept = convolution.Weight.narrow(1, 0, 2);
        convolution.Weight = new Parameter(kept.clone(), convolution.Weight.requires_grad);
    }

    private static Tensor PerChannel(float[] values) => tensor(values, [1, 3, 1, 1]);
}
