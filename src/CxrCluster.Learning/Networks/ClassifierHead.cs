using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// The paper's head: three fully connected layers that end in two outputs, ReLU and dropout between them. The vector
/// before the last layer (after its ReLU) is the embedding.
/// </summary>
internal sealed class ClassifierHead : NamedModule<(Tensor Logits, Tensor Embedding)>
{
    private const int HiddenSize = 512;
    private readonly Linear _hidden;
    private readonly Linear _embedding;
    private readonly Linear _output;
    private readonly double _dropout;

    public ClassifierHead(long features, int embeddingSize, double dropout)
        : base(nameof(ClassifierHead))
    {
        _dropout = dropout;
        _hidden = Register("0", nn.Linear(features, HiddenSize));
        _embedding = Register("1", nn.Linear(HiddenSize, embeddingSize));
        _output = Register("2", nn.Linear(embeddingSize, 2));
    }

    /// <summary>Draws the dropout masks in training; the process-wide generator is shared by every training.</summary>
    public Generator? DropoutGenerator { get; set; }

    public override (Tensor Logits, Tensor Embedding) forward(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = Drop(_hidden.call(features).relu_());
        Tensor embedding = _embedding.call(hidden).relu_();
        Tensor logits = _output.call(Drop(embedding));
        return (logits.MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope());
    }

    private Tensor Drop(Tensor x)
    {
        if (!training || _dropout == 0)
            return x;
        Generator generator =
            DropoutGenerator
            ?? throw new InvalidOperationException(
                "The classifier is in training mode without a generator for dropout: set DropoutGenerator to the training's own."
            );
        // the mask is drawn on the CPU, where the generator lives, so that a seed means the same on every device
        using Scalar dropout = _dropout;
        using Scalar kept = 1 - _dropout;
        Tensor keep = rand(x.shape, generator: generator).ge(dropout).to(x.dtype).to(x.device);
        return (x * keep).div(kept);
    }
}
