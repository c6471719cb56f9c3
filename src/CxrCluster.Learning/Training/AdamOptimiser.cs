using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with the L2 penalty in the gradient, as torch.optim.Adam has it. Our own, because the library's
/// makes some thousand short-lived <see cref="Scalar"/>s per step (see <see cref="Scalars"/>).
/// </summary>
internal sealed class AdamOptimiser : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private readonly Scalar _beta1 = Beta1;
    private readonly Scalar _rest1 = 1 - Beta1;
    private readonly Scalar _beta2 = Beta2;
    private readonly Scalar _rest2 = 1 - Beta2;
    private readonly Scalar _epsilon = 1e-8;
    private readonly Scalar _l2;
    private readonly List<Moments> _moments = [];

    /// <summary>Made after the parameters are on their device.</summary>
    /// <param name="parameters">What is learned.</param>
    /// <param name="l2">Penalty on parameters of two and more dimensions: weights, not biases and not normalisations.</param>
    public AdamOptimiser(IEnumerable<Parameter> parameters, double l2)
    {
        _l2 = l2;
        using var noGradient = no_grad();
        foreach (var parameter in parameters)
        {
            var penalised = l2 > 0 && parameter.dim() > 1;
            _moments.Add(
                new(
                    parameter,
                    penalised,
                    zeros_like(parameter).DetachFromDisposeScope(),
                    zeros_like(parameter).DetachFromDisposeScope()
                )
            );
        }
    }

    /// <summary>Size of the next steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps made.</summary>
    public int Steps { get; set; }

    /// <summary>The moments by name, for checkpoints: the live tensors.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _moments.SelectMany(
            (m, i) =>
                new KeyValuePair<string, Tensor>[] { new($"adam.mean.{i}", m.Mean), new($"adam.square.{i}", m.Square) }
        );

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var (parameter, _, _, _) in _moments)
        {
            parameter.grad?.zero_();
        }
    }

    /// <summary>m = β1 m + (1 - β1) g; v = β2 v + (1 - β2) g²; p -= lr m / (1 - β1^t) / (sqrt(v / (1 - β2^t)) + ε).</summary>
    public void Step()
    {
        Steps++;
        using Scalar size = -LearningRate / (1 - Math.Pow(Beta1, Steps));
        using Scalar correction = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        using var noGradient = no_grad();
        foreach (var (parameter, penalised, mean, square) in _moments)
        {
            if (parameter.grad is not { } given)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            var gradient = penalised ? given.add(parameter, _l2) : given;
            mean.mul_(_beta1).add_(gradient, _rest1);
            square.mul_(_beta2).addcmul_(gradient, gradient, _rest2);
            parameter.addcdiv_(mean, square.sqrt().div_(correction).add_(_epsilon, Scalars.One), size);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, mean, square) in _moments)
        {
            mean.Dispose();
            square.Dispose();
        }

        foreach (var scalar in new[] { _beta1, _rest1, _beta2, _rest2, _epsilon, _l2 })
        {
            scalar.Dispose();
        }
    }

    private sealed record Moments(Parameter Parameter, bool Penalised, Tensor Mean, Tensor Square);
}
