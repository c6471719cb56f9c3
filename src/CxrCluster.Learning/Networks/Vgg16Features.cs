using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>The thirteen 3x3 convolutions of VGG16, ReLU behind each, in five stages that end in a 2x2 maximum.</summary>
internal sealed class Vgg16Features : NamedModule<Tensor>
{
    /// <summary>Channels of the last map.</summary>
    public const int Outputs = 512;

    private static readonly int[][] Stages =
    [
        [64, 64],
        [128, 128],
        [256, 256, 256],
        [512, 512, 512],
        [512, 512, Outputs],
    ];
    private readonly List<Convolution[]> _stages = [];

    public Vgg16Features()
        : base(nameof(Vgg16Features))
    {
        // torchvision counts ReLUs and maxima too, which have no weights
        int position = 0;
        long inputs = 3;
        foreach (int[] widths in Stages)
        {
            Convolution[] stage = new Convolution[widths.Length];
            for (int i = 0; i < widths.Length; i++, position += 2, inputs = widths[i - 1])
                stage[i] = Register(
                    position.ToString(CultureInfo.InvariantCulture),
                    new Convolution(inputs, widths[i], 3, bias: true)
                );
            _stages.Add(stage);
            position++;
        }
    }

    public IReadOnlyList<Convolution> Convolutions => [.. _stages.SelectMany(stage => stage)];

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = input;
        foreach (Convolution[] stage in _stages)
        {
            foreach (Convolution convolution in stage)
                x = Replace(x, convolution.call(x).relu_());
            x = Replace(x, F.max_pool2d(x, 2, 2));
        }
        return x.MoveToOuterDisposeScope();

        // frees each map as soon as the next one stands: they are large
        Tensor Replace(Tensor old, Tensor next)
        {
            if (!ReferenceEquals(old, input))
                old.Dispose();
            return next;
        }
    }
}
