using System.Globalization;
using CxrCluster.Imaging;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Tests.Inference;

/// <summary>
/// The pointing game (Zhang et al. 2016): a hit is a map whose strongest point lies in the opacity. Positives have one
/// soft opacity somewhere in a round lung, negatives none.
/// </summary>
public class PointingGameTests(ITestOutputHelper output)
{
    private const int Side = 96;
    private const double LungRadius = 40;
    private const double OpacityRadius = 17;

    [Fact]
    public void HeatMap_TrainedNetwork_PointsAtTheOpacityMoreOftenThanChance()
    {
        Random random = new(9);
        Phantom[] training = [.. Enumerable.Range(0, 64).Select(i => Phantom.Make(random, positive: i % 2 == 1))];
        Phantom[] positives = [.. Enumerable.Range(0, 40).Select(_ => Phantom.Make(random, positive: true))];

        byte[][] heats = Explain(training, positives);

        int hits = positives
            .Zip(heats)
            .Count(pair => pair.First.Opacity[Array.IndexOf(pair.Second, pair.Second.Max())]);
        double accuracy = (double)hits / positives.Length;
        double chance = positives.Average(p => p.Opacity.Count(o => o) / (Math.PI * LungRadius * LungRadius));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"pointing game: {accuracy:F3} of {positives.Length}, a random point of the lung: {chance:F3}"
            )
        );
        Assert.True(accuracy > 2 * chance, $"{accuracy} is hardly better than {chance}, a random point of the lung.");
    }

    private static byte[][] Explain(Phantom[] training, Phantom[] positives)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(3);
        using ClassifierNetwork network = ClassifierNetwork.Create("resnet34", dropout: 0);
        Initialisation.Seeded(network, generator);
        ChannelsLast.Apply(network);
        using var adam = optim.Adam(network.parameters(), lr: 5e-4);
        network.train();
        for (int epoch = 0; epoch < 6; epoch++)
            foreach (Phantom[] batch in training.Chunk(8))
            {
                using DisposeScope step = NewDisposeScope();
                adam.zero_grad();
                Tensor labels = tensor([.. batch.Select(p => p.Positive ? 1L : 0L)]);
                F.cross_entropy(network.call(Input(batch)), labels).backward();
                adam.step();
            }
        network.eval();
        using IDisposable inference = inference_mode();
        return
        [
            .. positives.Select(phantom =>
                GradCam
                    .Of(network, network.Maps(Input([phantom])), Side)
                    .mul(255)
                    .to(uint8)
                    .contiguous()
                    .data<byte>()
                    .ToArray()
            ),
        ];
    }

    private static Tensor Input(Phantom[] phantoms)
    {
        Tensor images = NetworkInput.FromSquares([.. phantoms.Select(p => p.Image)]);
        return ChannelsLast.Of(NetworkInput.Stack(images, zeros_like(images)));
    }

    private sealed record Phantom(SquareImage Image, bool[] Opacity, bool Positive)
    {
        public static Phantom Make(Random random, bool positive)
        {
            (double angle, double away) = (random.NextDouble() * 2 * Math.PI, 8 + random.NextDouble() * 20);
            (double x, double y) = (Side / 2 + away * Math.Cos(angle), Side / 2 + away * Math.Sin(angle));
            byte[] pixels = new byte[Side * Side];
            bool[] opacity = new bool[pixels.Length];
            for (int i = 0; i < pixels.Length; i++)
            {
                double lung = Soft(LungRadius - Distance(i, Side / 2, Side / 2));
                double inside = OpacityRadius - Distance(i, x, y);
                opacity[i] = positive && inside >= 0;
                double level = 170 - 110 * lung + (positive ? 60 * lung * Soft(inside / 4) : 0);
                pixels[i] = (byte)(level + random.Next(20));
            }
            return new Phantom(new SquareImage(Side, pixels), opacity, positive);
        }

        private static double Distance(int i, double x, double y) =>
            Math.Sqrt(Math.Pow(i % Side - x, 2) + Math.Pow(i / Side - y, 2));

        private static double Soft(double inside) => 1 / (1 + Math.Exp(-inside));
    }
}
