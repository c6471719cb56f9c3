using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Anatomy;

/// <summary>How a patient holds still for one image.</summary>
/// <param name="Projection">AP magnifies the heart and is taken at less than full inspiration.</param>
/// <param name="Inspiration">How far the diaphragm is down, in body units, around 0.</param>
/// <param name="Rotation">How far a turn of the trunk moves the heart and the trachea aside, in body units, either sign.</param>
/// <param name="Shoulders">How far the shoulders are down, in body units, either sign.</param>
/// <param name="Arms">How far the elbows are away from the trunk, in body units.</param>
internal sealed record Stance(Projection Projection, float Inspiration, float Rotation, float Shoulders, float Arms)
{
    /// <summary>The stance of an image; a patient in bed is less straight than one who stands.</summary>
    public static Stance Create(Projection projection, SeededRandom pose)
    {
        var portable = projection == Projection.AP;
        return new Stance(
            projection,
            portable ? pose.Uniform(-0.16f, 0.04f) : pose.Uniform(-0.04f, 0.08f),
            (portable ? 0.03f : 0.012f) * pose.Normal(),
            0.035f * pose.Normal(),
            pose.Uniform(-0.04f, 0.3f)
        );
    }
}
