using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Inference;

/// <summary>
/// Grad-CAM (Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks", 2017) on the last stage's maps A of a
/// classifier: heat = ReLU(sum over channels k of w_k A_k), w_k the mean over positions of dy / dA_k. The score y is the
/// difference of the two logits, the log odds of the probability: with the positive logit alone, evidence that lowers the
/// negative one would stay invisible. The heat is brought to the input's side bilinearly and divided by its maximum: 1 is
/// the strongest evidence for COVID-19 in this image, and no measure between images. Where nothing speaks for COVID-19
/// (heat nowhere above 0, or not a number) the map is 0 everywhere.
/// </summary>
internal static class GradCam
{
    /// <summary>Heat N x 1 x S x S in [0, 1], float32. Also inside inference mode: only the head is differentiated.</summary>
    /// <param name="classifier">In evaluation mode.</param>
    /// <param name="maps">What <see cref="ClassifierNetwork.Maps" /> gave: N x K x h x w.</param>
    /// <param name="side">S.</param>
    public static Tensor Of(ClassifierNetwork classifier, Tensor maps, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor activations = maps.to(float32);
        // w_k is dy / d(mean of A_k) but for the factor 1 / (h w), which the division by the maximum takes away
        Tensor heat = (WeightsOf(classifier, activations) * activations).sum(1, keepdim: true).relu_();
        Tensor large = F.interpolate(heat, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
        // an image with a map of zeros, or with a NaN in it, has nothing to show
        Tensor peak = large.amax([1, 2, 3], keepdim: true);
        Tensor shown = peak.gt(Scalars.Zero).logical_and(peak.isfinite());
        return where(shown, large / peak, zeros_like(large)).MoveToOuterDisposeScope();
    }

    /// <summary>dy / d(mean of A_k): N x K x 1 x 1.</summary>
    private static Tensor WeightsOf(ClassifierNetwork classifier, Tensor activations)
    {
        using IDisposable recording = inference_mode(false);
        using IDisposable gradients = enable_grad();
        using DisposeScope scope = NewDisposeScope();
        // a copy: what was made in inference mode can never be differentiated
        Tensor means = F.adaptive_avg_pool2d(activations, 1).flatten(1).clone().requires_grad_();
        (Tensor logits, Tensor _) = classifier.Head(means);
        // the images of a batch do not influence each other: the gradient of their sum holds each one's own
        Tensor score = (logits * tensor([-1f, 1f], device: logits.device)).sum();
        Tensor weights = autograd.grad([score], [means])[0];
        return weights.unsqueeze(2).unsqueeze(3).detach().MoveToOuterDisposeScope();
    }
}
