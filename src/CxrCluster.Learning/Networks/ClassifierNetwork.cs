using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// A classifier: a convolutional backbone with torchvision's parameter names and the paper's three-layer head
/// ("head.0", "head.1", "head.2"). Input N x 3 x H x W: image in [0, 1], lung probability, zeros. Weights are zero
/// until <see cref="Initialisation.Seeded" /> or a weights file fills them.
/// </summary>
public abstract class ClassifierNetwork : NamedModule<Tensor>
{
    /// <summary>Shortest embedding.</summary>
    public const int MinEmbeddingSize = 2;

    /// <summary>Longest embedding.</summary>
    public const int MaxEmbeddingSize = 4096;

    private static readonly Dictionary<string, Func<int, double, ClassifierNetwork>> Makers = new(
        StringComparer.Ordinal
    )
    {
        ["resnet34"] = (embedding, dropout) => new ResNet("resnet34", [3, 4, 6, 3], false, embedding, dropout),
        ["resnet50"] = (embedding, dropout) => new ResNet("resnet50", [3, 4, 6, 3], true, embedding, dropout),
        ["resnet152"] = (embedding, dropout) => new ResNet("resnet152", [3, 8, 36, 3], true, embedding, dropout),
        ["vgg16"] = (embedding, dropout) => new Vgg16(embedding, dropout),
        ["densenet121"] = (embedding, dropout) => new DenseNet121(embedding, dropout),
    };

    private readonly ClassifierHead _head;

    private protected ClassifierNetwork(string architecture, long features, int embeddingSize, double dropout)
        : base(architecture)
    {
        Architecture = architecture;
        EmbeddingSize = embeddingSize;
        _head = Register("head", new ClassifierHead(features, embeddingSize, dropout));
    }

    /// <summary>Names that <see cref="Create" /> knows.</summary>
    public static IReadOnlyList<string> Architectures { get; } = [.. Makers.Keys];

    /// <summary>The name it was created by.</summary>
    public string Architecture { get; }

    /// <summary>Length of the embedding.</summary>
    public int EmbeddingSize { get; }

    /// <summary>Draws the dropout masks; must be set before a forward in training mode (unless dropout is 0).</summary>
    public Generator? DropoutGenerator
    {
        get => _head.DropoutGenerator;
        set => _head.DropoutGenerator = value;
    }

    /// <summary>Builds an architecture on the CPU, in training mode.</summary>
    /// <param name="architecture">One of <see cref="Architectures" />.</param>
    /// <param name="embeddingSize">Length of the vector before the last layer.</param>
    /// <param name="dropout">Probability of dropping a value between the head's layers in training, [0, 1).</param>
    /// <exception cref="ArgumentException">Unknown architecture, or a size out of range.</exception>
    public static ClassifierNetwork Create(string architecture, int embeddingSize = 128, double dropout = 0.5)
    {
        if (embeddingSize is < MinEmbeddingSize or > MaxEmbeddingSize)
            throw new ArgumentException(
                $"Embedding size {embeddingSize} is out of range: use {MinEmbeddingSize} to {MaxEmbeddingSize}.",
                nameof(embeddingSize)
            );
        if (dropout is not (>= 0 and < 1))
            throw new ArgumentException($"Dropout {dropout} is out of range: use [0, 1).", nameof(dropout));
        return Makers.TryGetValue(architecture, out Func<int, double, ClassifierNetwork>? make)
            ? make(embeddingSize, dropout)
            : throw new ArgumentException(
                $"Architecture '{architecture}' is unknown: use one of {string.Join(", ", Architectures)}.",
                nameof(architecture)
            );
    }

    /// <summary>Logits N x 2 (not COVID-19, COVID-19) and the embedding N x E, both float32.</summary>
    /// <param name="input">N x 3 x H x W; N x 2 x H x W once <see cref="FirstLayer.DropZeroChannel" /> was called.</param>
    public (Tensor Logits, Tensor Embedding) ForwardBoth(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor embedding) = Classify(Maps(input));
        return (logits.MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope());
    }

    /// <summary>Logits N x 2.</summary>
    public sealed override Tensor forward(Tensor input)
    {
        (Tensor logits, Tensor embedding) = ForwardBoth(input);
        embedding.Dispose();
        return logits;
    }

    /// <summary>
    /// The parts of the backbone that may compute in bfloat16: late ones, after which few layers are left to amplify
    /// the rounding. Which they are was measured (docs/inference.md).
    /// </summary>
    internal abstract IEnumerable<nn.Module> TolerantParts { get; }

    /// <summary>The convolution that sees the input.</summary>
    internal abstract FirstLayer FirstLayer { get; }

    /// <summary>The backbone: N x 3 x H x W to its last stage's maps, N x features x h x w, after their ReLU.</summary>
    internal abstract Tensor Maps(Tensor input);

    /// <summary>The rest, in float32: the mean of each map over all positions, and the head.</summary>
    internal (Tensor Logits, Tensor Embedding) Classify(Tensor maps)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor embedding) = Head(F.adaptive_avg_pool2d(maps, 1).flatten(1).to(float32));
        return (logits.MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope());
    }

    /// <summary>Logits and embedding of the maps' means, N x features.</summary>
    internal (Tensor Logits, Tensor Embedding) Head(Tensor means) => _head.call(means);
}
