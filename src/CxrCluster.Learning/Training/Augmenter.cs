using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Training;

/// <summary>Applies <see cref="AugmentationOptions"/> to batches; every draw comes from the generator it is given.</summary>
/// <param name="options">Valid options.</param>
public sealed class Augmenter(AugmentationOptions options)
{
    /// <summary>Numbers drawn per image, used or not, so that a change's odds do not shift the draws of the others.</summary>
    private const int Draws = 15;

    /// <summary>
    /// Changes a batch. Channel 0 is the image; the others (lung map, mask, zeros) follow its geometry, bilinearly, and
    /// keep their values. What comes in from outside is 0.
    /// </summary>
    /// <param name="batch">N x C x S x S, values in [0, 1].</param>
    /// <param name="random">A generator on the CPU; the draws depend on its state only.</param>
    /// <returns>A new tensor of the same shape, values in [0, 1], on the same device.</returns>
    public Tensor Apply(Tensor batch, Generator random)
    {
        using var scope = NewDisposeScope();
        var count = (int)batch.shape[0];
        var draws = rand([count, Draws], generator: random).data<float>().ToArray();
        var theta = new float[count * 6];
        var offset = new float[count];
        var exponent = new float[count];
        for (var i = 0; i < count; i++)
        {
            var draw = new Draw(draws.AsMemory(i * Draws, Draws));
            Geometry(ref draw).CopyTo(theta, i * 6);
            offset[i] = (float)draw.Next(options.Brightness);
            exponent[i] = (float)Math.Exp(draw.Next(options.Gamma));
        }

        var grid = F.affine_grid(tensor(theta, [count, 2, 3], device: batch.device), batch.shape, false);
        var moved = F.grid_sample(batch, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false);
        var image = moved.narrow(1, 0, 1);
        var exposed = image
            .pow(PerImage(exponent, batch.device))
            .add_(PerImage(offset, batch.device), Scalars.One)
            .clamp_(Scalars.Zero, Scalars.One);
        // Outside of the patient is black: brightening must not turn what moved in into a grey frame.
        image.copy_(exposed.mul_(image.gt(Scalars.Zero)));
        return moved.MoveToOuterDisposeScope();
    }

    private static Tensor PerImage(float[] values, Device device) =>
        tensor(values, [values.Length, 1, 1, 1], device: device);

    /// <summary>
    /// The 2 x 3 matrix that takes an output position to the input position it is read from, coordinates in [-1, 1]:
    /// rotate, then undo the scale, mirror and shift.
    /// </summary>
    private float[] Geometry(ref Draw draw)
    {
        var mirror = draw.Happens(options.FlipProbability) ? -1 : 1;
        var angle = draw.Next(options.Rotation) * Math.PI / 180;
        var (sin, cos) = Math.SinCos(angle);
        var scaleX = 1 + draw.Next(options.Scale);
        var scaleY = 1 + draw.Next(options.Scale);
        var shiftX = 2 * draw.Next(options.Shift);
        var shiftY = 2 * draw.Next(options.Shift);
        return
        [
            (float)(mirror * cos / scaleX),
            (float)(-mirror * sin / scaleX),
            (float)shiftX,
            (float)(sin / scaleY),
            (float)(cos / scaleY),
            (float)shiftY,
        ];
    }

    /// <summary>Walks along one image's uniform numbers.</summary>
    private struct Draw(ReadOnlyMemory<float> uniform)
    {
        private int _used;

        public bool Happens(double probability) => uniform.Span[_used++] < probability;

        public double Next(AugmentationRange range)
        {
            var happens = Happens(range.Probability);
            var size = (2 * uniform.Span[_used++] - 1) * range.Limit;
            return happens ? size : 0;
        }
    }
}
