using System.Numerics;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Anatomy;

/// <summary>
/// The outlines of a chest seen from the front, in body coordinates. Side -1 is the left half of the picture, which is the
/// patient's right; side +1 the other one.
/// </summary>
internal sealed class Chest
{
    /// <summary>Lowest point of the lungs, the costophrenic angle, before inspiration and height.</summary>
    private const float AngleY = 0.8f;

    private readonly float _inspiration;
    private readonly float _heart;

    /// <summary>A chest in one breath.</summary>
    public Chest(Body body, Stance stance)
    {
        Body = body;
        Stance = stance;
        _inspiration = stance.Inspiration;
        _heart = body.Heart * (stance.Projection == Projection.AP ? 1.07f : 0.96f) * (1 - (0.5f * _inspiration));

        // The rib cage is a superellipse: a broad dome above, nearly upright walls below.
        var wall = new Vector2[24];
        for (var i = 0; i < wall.Length; i++)
        {
            var y = -1.12f + (2.02f * i / (wall.Length - 1));
            var t = (0.9f - y) / 2.03f;
            wall[i] = new Vector2(y * body.Height, 0.93f * body.Width * MathF.Pow(1 - MathF.Pow(t, 2.5f), 0.4f));
        }

        Wall = new Profile(wall);
        var torso = 0.13f + (0.12f * body.Fat);
        Skin = new Profile(
            new(-1.6f, 0.36f),
            new(-1.36f, 0.36f),
            new(-1.24f + stance.Shoulders, 0.5f),
            new(-1.12f + stance.Shoulders, 0.86f),
            new(-1.0f + stance.Shoulders, 1.16f),
            new(-0.85f + stance.Shoulders, 1.27f),
            new(-0.6f, 1.16f),
            new(-0.35f, Wall.At(-0.35f) + torso + 0.1f),
            new(-0.1f, Wall.At(-0.1f) + torso),
            new(0.9f, Wall.At(0.9f) + torso),
            new(1.6f, Wall.At(1.2f) + torso + (0.1f * body.Fat))
        );
    }

    /// <summary>Whose chest.</summary>
    public Body Body { get; }

    /// <summary>How the patient holds still.</summary>
    public Stance Stance { get; }

    /// <summary>Half the width of the inside of the rib cage by y.</summary>
    public Profile Wall { get; }

    /// <summary>Half the width of the body by y, without the arms.</summary>
    public Profile Skin { get; }

    /// <summary>Middle of the spine at a height; it turns the other way than what lies before it.</summary>
    public float SpineX(float y) => (Body.Scoliosis * MathF.Sin((y + 1) * 2.2f)) - (0.4f * Stance.Rotation);

    /// <summary>Top of a dome of the diaphragm.</summary>
    public float DomeY(int side) =>
        side < 0 ? 0.40f - Body.RightDome + _inspiration : 0.47f - Body.LeftDome + _inspiration;

    /// <summary>The costophrenic angle.</summary>
    public Vector2 Angle(int side)
    {
        var y = (AngleY * Body.Height) + (0.7f * _inspiration);
        return new Vector2(side * (Wall.At(y) - 0.025f), y);
    }

    /// <summary>Root of a lung, where its vessels come from.</summary>
    public Vector2 Hilum(int side) =>
        (side < 0 ? new Vector2(-0.2f, -0.08f * Body.Height) : new Vector2(0.23f, -0.14f * Body.Height))
        + new Vector2(Stance.Rotation, 0);

    /// <summary>Height of the diaphragm's surface under a lung.</summary>
    public float Diaphragm(int side, float x)
    {
        var angle = Angle(side);
        var top = DomeY(side);
        var middle = side < 0 ? 0.46f : 0.52f;
        var distance = MathF.Abs(x) - (middle * Body.Width);
        var lateral = Math.Clamp(distance / (MathF.Abs(angle.X) - (middle * Body.Width)), 0, 1);
        var medial = Math.Clamp(-distance / 0.4f, 0, 1);
        return top + ((angle.Y - top) * MathF.Pow(lateral, 2.3f)) + (0.09f * medial * medial);
    }

    /// <summary>The outline of a lung as a radiologist would draw it: without the heart and what lies below the dome.</summary>
    public Vector2[] Lung(int side)
    {
        var h = Body.Height;
        List<Vector2> points = [new(0.33f * Body.Width, -1.0f * h)];
        foreach (var y in (ReadOnlySpan<float>)[-0.92f, -0.8f, -0.6f, -0.35f, -0.1f, 0.15f, 0.4f, 0.6f])
        {
            points.Add(new Vector2(Wall.At(y * h) - 0.03f, y * h));
        }

        var angle = Angle(side);
        points.Add(new Vector2(MathF.Abs(angle.X), angle.Y - 0.08f));
        points.Add(new Vector2(MathF.Abs(angle.X) - 0.004f, angle.Y - 0.01f));
        points.Add(new Vector2(MathF.Abs(angle.X) - 0.02f, angle.Y - 0.012f));
        var border = MedialBorder(side);
        for (var i = 1; i <= 7; i++)
        {
            var x = float.Lerp(MathF.Abs(angle.X) - 0.02f, border[^1].X, i / 7f);
            points.Add(new Vector2(x, Diaphragm(side, x)));
        }

        points.AddRange(border.Reverse().SkipWhile(p => p.Y > Diaphragm(side, p.X) - 0.02f));
        return Curves.Through([.. points.Select(p => new Vector2(p.X * side, p.Y))], closed: true);
    }

    /// <summary>The heart and the great vessels: everything between the lungs.</summary>
    public Vector2[] Mediastinum()
    {
        var right = MedialBorder(-1).Select(p => new Vector2(-p.X, p.Y));
        var left = MedialBorder(1).Reverse();
        return Curves.Through([.. right, new(0, DomeY(1) + 0.2f), .. left], closed: true);
    }

    // From the apex down, distances from the midline of the picture.
    private Vector2[] MedialBorder(int side) =>
        Array.ConvertAll(MedialShape(side), p => p + new Vector2(side * Stance.Rotation, 0));

    private Vector2[] MedialShape(int side)
    {
        var h = Body.Height;
        var d = _inspiration;
        if (side < 0)
        {
            var atrium = 0.27f * _heart;
            return
            [
                new(0.21f, -0.9f * h),
                new(0.175f, -0.78f * h),
                new(0.145f, -0.62f * h),
                new(0.165f, -0.42f * h),
                new(0.15f, -0.25f * h),
                new(0.2f, -0.08f * h),
                new(atrium * 0.88f, 0.08f * h),
                new(atrium, 0.22f * h),
                new(atrium * 0.95f, (0.36f * h) + (0.5f * d)),
                new(atrium * 0.86f, Diaphragm(side, atrium * 0.86f)),
            ];
        }

        var knob = 0.19f + (0.045f * Body.Aorta);
        var ventricle = 0.56f * _heart;
        return
        [
            new(0.2f, -0.9f * h),
            new(0.17f, -0.77f * h),
            new(0.15f, -0.6f * h),
            new(knob, -0.44f * h),
            new(knob * 0.93f, -0.34f * h),
            new(0.17f, -0.25f * h),
            new(0.205f, -0.13f * h),
            new(ventricle * 0.48f, 0.0f * h),
            new(ventricle * 0.74f, 0.15f * h),
            new(ventricle * 0.93f, (0.30f * h) + (0.3f * d)),
            new(ventricle, (0.43f * h) + (0.7f * d)),
            new(ventricle * 0.95f, Diaphragm(side, ventricle * 0.95f)),
        ];
    }
}
