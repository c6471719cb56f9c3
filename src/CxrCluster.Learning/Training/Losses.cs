using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Training;

/// <summary>Losses of the trainings, each a scalar tensor that can be differentiated.</summary>
public static class Losses
{
    /// <summary>
    /// Keeps the Dice of an image without any lung defined (and 1 when nothing is predicted); one pixel's worth, so it
    /// does not show where there is a lung.
    /// </summary>
    private static readonly Scalar Smoothing = Scalars.One;

    /// <summary>
    /// Soft Dice loss (Milletari et al. 2016, with plain sums in the denominator): 1 - mean over the images of
    /// (2 Σ p t + 1) / (Σ p + Σ t + 1), p = sigmoid(logits).
    /// </summary>
    /// <param name="logits">N x 1 x H x W.</param>
    /// <param name="target">N x 1 x H x W, 0 or 1.</param>
    public static Tensor Dice(Tensor logits, Tensor target)
    {
        var probability = sigmoid(logits).flatten(1);
        var truth = target.flatten(1);
        var overlap = (probability * truth).sum(1);
        var total = probability.sum(1).add(truth.sum(1), Scalars.One);
        var dice = overlap.mul(Scalars.Two).add(Smoothing, Scalars.One) / total.add(Smoothing, Scalars.One);
        return dice.mean().neg().add(Scalars.One, Scalars.One);
    }

    /// <summary>Dice plus pixelwise binary cross-entropy: the one sees shape, the other gives steady gradients early.</summary>
    /// <param name="logits">N x 1 x H x W.</param>
    /// <param name="target">N x 1 x H x W, 0 or 1.</param>
    public static Tensor DiceAndCrossEntropy(Tensor logits, Tensor target) =>
        Dice(logits, target).add(F.binary_cross_entropy_with_logits(logits, target), Scalars.One);
}
