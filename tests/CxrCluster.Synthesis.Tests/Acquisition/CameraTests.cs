using CxrCluster.Synthesis.Acquisition;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Tests.Acquisition;

public sealed class CameraTests
{
    private const int Seed = 21;
    private const int Side = 128;

    private static readonly IReadOnlyList<ImagePlan> Plan = CohortPlan.Create(
        new SynthesisOptions { Patients = 60, Seed = Seed }
    );

    [Fact]
    public void Take_FrontalImages_HaveDarkLungsInsideThePicture()
    {
        foreach (var image in Plan.Where(i => i.Projection != Projection.Lateral && !i.Rectangle).Take(40))
        {
            var picture = Camera.Take(Seed, Side, image);
            var mask = picture.LungMask!;
            var (lungs, mediastinum, abdomen) = (new Mean(), new Mean(), new Mean());
            for (var y = 0; y < picture.Height; y++)
            {
                var (first, last) = Extent(mask.AsSpan(y * picture.Width, picture.Width));
                for (var x = 0; x < picture.Width; x++)
                {
                    var i = (y * picture.Width) + x;
                    if (mask[i] == 255)
                    {
                        lungs.Add(picture.Brightness[i]);
                    }
                    else if (x > first && x < last && first >= 0)
                    {
                        mediastinum.Add(picture.Brightness[i]);
                    }
                }
            }

            Assert.True(
                lungs.Value < mediastinum.Value - 0.1,
                $"{image.Name}: {lungs.Value:0.00}, {mediastinum.Value:0.00}"
            );
            Assert.InRange(lungs.Count / (double)mask.Length, 0.1, 0.5);
            // Nothing of a lung is cut off.
            Assert.DoesNotContain((byte)255, mask[..picture.Width]);
            Assert.DoesNotContain((byte)255, mask[^picture.Width..]);
            Assert.All(Enumerable.Range(0, picture.Height), y => Assert.Equal(0, mask[y * picture.Width]));
            Assert.All(Enumerable.Range(1, picture.Height), y => Assert.Equal(0, mask[(y * picture.Width) - 1]));
        }
    }

    [Fact]
    public void Take_FrontalImages_HaveTwoLungs()
    {
        foreach (var image in Plan.Where(i => i.Projection != Projection.Lateral).Take(20))
        {
            var picture = Camera.Take(Seed, Side, image);
            Assert.Equal(2, Components(picture.LungMask!, picture.Width));
        }
    }

    [Fact]
    public void Take_Brightness_StaysBetweenZeroAndOneAndUsesTheRange()
    {
        foreach (var image in Plan.Take(20))
        {
            var picture = Camera.Take(Seed, Side, image);
            Assert.All(picture.Brightness, value => Assert.InRange(value, 0, 1));
            Assert.True(picture.Brightness.Max() - picture.Brightness.Min() > 0.6);
        }
    }

    [Fact]
    public void Take_Lateral_HasNoMask()
    {
        var image = Plan.First(i => i.Projection == Projection.Lateral);
        Assert.Null(Camera.Take(Seed, Side, image).LungMask);
    }

    [Fact]
    public void Take_Machines_HaveSizesOfTheirOwn()
    {
        var sizes = Plan.DistinctBy(i => i.Patient.Machine)
            .Select(i => Camera.Take(Seed, Side, i))
            .Select(picture => (picture.Width, picture.Height))
            .ToList();

        Assert.Equal([(105, 128), (115, 115), (128, 107), (102, 87)], sizes);
    }

    [Theory]
    [InlineData("Covid19")]
    [InlineData("Pneumonia")]
    [InlineData("Effusion")]
    [InlineData("Edema")]
    [InlineData("Nodule")]
    public void Take_MoreSevere_ReplacesMoreAir(string name)
    {
        var pathology = Enum.Parse<Pathology>(name);
        foreach (var image in Plan.Where(i => i.Projection != Projection.Lateral).Take(6))
        {
            var patient = image.Patient with { Pathology = pathology };
            var opacities = Enumerable
                .Range(1, 5)
                .Select(i => Camera.Take(Seed, 64, image with { Patient = patient, Severity = i / 5f }).Opacity)
                .ToList();

            Assert.Equal(opacities.Order(), opacities);
            Assert.True(opacities[^1] > opacities[0], $"{image.Name}: {string.Join(", ", opacities)}");
        }
    }

    [Fact]
    public void Take_Normal_HasNoOpacity()
    {
        var image = Plan.First(i => i.Patient.Pathology == Pathology.Normal);
        Assert.Equal(0, Camera.Take(Seed, 64, image).Opacity, 1e-9);
    }

    [Fact]
    public void Take_Covid_IsBilateralAndPeripheral()
    {
        // The difference that the disease makes, seen on a healthy copy of the same patient on the same day.
        var (left, right, outer, inner) = (0.0, 0.0, 0.0, 0.0);
        foreach (
            var image in Plan.Where(i =>
                i.Patient.Label == 1 && i.Projection != Projection.Lateral && i.Severity > 0.5f
            )
        )
        {
            var sick = Camera.Take(Seed, 64, image);
            var healthy = Camera.Take(
                Seed,
                64,
                image with
                {
                    Patient = image.Patient with { Pathology = Pathology.Normal },
                }
            );
            for (var y = 0; y < sick.Height; y++)
            {
                var (first, last) = Extent(sick.LungMask.AsSpan(y * sick.Width, sick.Width));
                for (var x = first; first >= 0 && x <= last; x++)
                {
                    var i = (y * sick.Width) + x;
                    var added = sick.LungMask![i] == 255 ? sick.Brightness[i] - healthy.Brightness[i] : 0;
                    var share = (x - first) / (float)Math.Max(last - first, 1);
                    _ = share < 0.5f ? left += added : right += added;
                    _ = share is < 0.25f or > 0.75f ? outer += added : inner += added;
                }
            }
        }

        Assert.True(left > 0 && right > 0 && outer > inner, $"{left:0.0} {right:0.0} {outer:0.0} {inner:0.0}");
    }

    [Fact]
    public void Take_Rectangle_IsConstantSharpAndAtLeastFourPercentOfThePicture()
    {
        foreach (var image in Plan.Where(i => i.Projection != Projection.Lateral).Take(12))
        {
            var with = Camera.Take(Seed, Side, image with { Rectangle = true });
            var without = Camera.Take(Seed, Side, image with { Rectangle = false });
            var changed = Enumerable
                .Range(0, with.Brightness.Length)
                .Where(i => with.Brightness[i] != without.Brightness[i])
                .ToList();

            Assert.Single(changed.Select(i => with.Brightness[i]).Distinct());
            var (columns, rows) = (
                changed.Select(i => i % with.Width).ToList(),
                changed.Select(i => i / with.Width).ToList()
            );
            var area = (columns.Max() - columns.Min() + 1) * (rows.Max() - rows.Min() + 1);
            Assert.InRange(area / (double)with.Brightness.Length, 0.04, 0.15);
            Assert.True(changed.Count > 0.9 * area);
        }
    }

    [Fact]
    public void Take_SamePatientNextDay_LooksMoreLikeItselfThanLikeAnother()
    {
        // The mask's width over its height is the patient's own, whatever the pose.
        var frontal = Plan.Where(i => i.Projection != Projection.Lateral).ToList();
        var shapes = frontal.ToLookup(i => i.Patient.Index, i => Shape(Camera.Take(Seed, 64, i)));
        var within = shapes.Where(s => s.Count() > 1).Average(s => Math.Abs(s.First() - s.Last()));
        var across = shapes.Zip(shapes.Skip(1)).Average(pair => Math.Abs(pair.First.First() - pair.Second.First()));

        Assert.True(within < across, $"{within:0.000} within, {across:0.000} across");
    }

    private static double Shape(Picture picture)
    {
        var inside = Enumerable.Range(0, picture.LungMask!.Length).Where(i => picture.LungMask[i] == 255).ToList();
        var (columns, rows) = (inside.ConvertAll(i => i % picture.Width), inside.ConvertAll(i => i / picture.Width));
        return (columns.Max() - columns.Min()) / (double)(rows.Max() - rows.Min());
    }

    private static (int First, int Last) Extent(ReadOnlySpan<byte> row) =>
        (row.IndexOf((byte)255), row.LastIndexOf((byte)255));

    private static int Components(byte[] mask, int width)
    {
        var left = Enumerable.Range(0, mask.Length).Where(i => mask[i] == 255).ToHashSet();
        var count = 0;
        while (left.Count > 0)
        {
            var open = new Stack<int>([left.First()]);
            var size = 0;
            while (open.TryPop(out var i))
            {
                if (left.Remove(i))
                {
                    size++;
                    foreach (var next in (int[])[i - 1, i + 1, i - width, i + width])
                    {
                        open.Push(next);
                    }
                }
            }

            count += size > 0.01 * mask.Length ? 1 : 0;
        }

        return count;
    }

    private sealed class Mean
    {
        private double _sum;

        public int Count { get; private set; }

        public double Value => _sum / Count;

        public void Add(float value)
        {
            _sum += value;
            Count++;
        }
    }
}
