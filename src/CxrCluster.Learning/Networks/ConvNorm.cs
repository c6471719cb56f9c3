using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// A convolution and the batch normalisation behind it. The two are registered as siblings on the owner, because that
/// is what torchvision's parameter names ask for ("conv1.weight", "bn1.weight"); for inference they fold into one.
/// </summary>
internal sealed class ConvNorm
{
    private static readonly Scalar Epsilon = Normalising.Epsilon;
    private readonly Convolution _convolution;
    private readonly BatchNorm2d _norm;
    private bool _folded;

    private ConvNorm(Convolution convolution, BatchNorm2d norm)
    {
        _convolution = convolution;
        _norm = norm;
    }

    /// <summary>Makes both and registers them on <paramref name="owner" />.</summary>
    public static ConvNorm On(
        NamedModule<Tensor> owner,
        (string Convolution, string Norm) names,
        long inputs,
        long outputs,
        int kernel,
        int stride = 1
    )
    {
        return new ConvNorm(
            owner.Register(names.Convolution, new Convolution(inputs, outputs, kernel, stride)),
            owner.Register(names.Norm, Normalising.Create(outputs))
        );
    }

    /// <summary>The pair as the start of a network.</summary>
    public FirstLayer AsFirstLayer() => new(_convolution, _norm);

    public Tensor Apply(Tensor input)
    {
        if (_folded)
            return _convolution.call(input);
        using Tensor convolved = _convolution.call(input);
        return Normalising.Apply(_norm, convolved);
    }

    public Tensor ApplyRelu(Tensor input) => Apply(input).relu_();

    /// <summary>
    /// Folds the normalisation's running statistics into the convolution: w' = w g / sqrt(v + eps),
    /// b' = beta - mu g / sqrt(v + eps). The owner can only infer afterwards.
    /// </summary>
    public void Fold()
    {
        if (_folded)
            return;
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor scale = _norm.weight! / _norm.running_var!.add(Epsilon, Scalars.One).sqrt();
        Tensor bias = _norm.bias! - _norm.running_mean! * scale;
        _convolution.Weight = new Parameter(_convolution.Weight * scale.reshape(-1, 1, 1, 1), requires_grad: false);
        _convolution.Bias = new Parameter(bias, requires_grad: false);
        _folded = true;
    }
}
