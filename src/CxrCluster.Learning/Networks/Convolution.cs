using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// A 2-D convolution with square kernel and "same" padding (kernel / 2), computed in the type of its weight (or <see cref="ComputeType"/>)
/// whatever the input's type is. Its weight is zero until <see cref="Initialisation" /> or a weights file fills it: the library's own
/// Conv2d would draw from the process-wide generator, which concurrent trainings must not share.
/// </summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly long[] _strides;
    private readonly long[] _padding;

    public Convolution(long inputs, long outputs, int kernel, int stride = 1, bool bias = false)
        : base(nameof(Convolution))
    {
        _strides = [stride, stride];
        _padding = [kernel / 2, kernel / 2];
        Weight = new Parameter(zeros(outputs, inputs, kernel, kernel));
        if (bias)
            Bias = new Parameter(zeros(outputs));
    }

    /// <summary>Outputs x inputs x kernel x kernel.</summary>
    public Parameter Weight
    {
        get => get_parameter("weight")!;
        set => Replace("weight", value);
    }

    /// <summary>Outputs, or null.</summary>
    public Parameter? Bias
    {
        get => get_parameter("bias");
        set => Replace("bias", value!);
    }

    /// <summary>
    /// Type to compute in instead of the weight's. The gradient arrives in the weight's own type, so that a training can
    /// keep float32 master weights and multiply in bfloat16.
    /// </summary>
    public ScalarType? ComputeType { get; set; }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = ComputeType ?? Weight.dtype;
        return nn
            .functional.conv2d(input.to(type), Weight.to(type), Bias?.to(type), _strides, _padding)
            .MoveToOuterDisposeScope();
    }

    private void Replace(string name, Parameter value)
    {
        Parameter? old = get_parameter(name);
        value.DetachFromDisposeScope();
        ConditionallyRegisterParameter(name, value);
        old?.Dispose();
    }
}
