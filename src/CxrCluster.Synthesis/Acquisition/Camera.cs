using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Phantom;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Acquisition;

/// <summary>Takes a picture of a patient. A pure function of the seed, the side and the plan: any thread, any order.</summary>
internal static class Camera
{
    /// <summary>Takes one image of the plan.</summary>
    public static Picture Take(int seed, int side, ImagePlan image)
    {
        var machine = image.Patient.Machine;
        var pose = image.ImageRandom(seed, RandomStream.Pose);
        var layout = PictureLayout.Create(machine, side, image.Projection, pose);
        var painter = new Painter(layout.Width, layout.Height, layout.Frame);
        var body = Body.Create(seed, image.Patient);
        var chest = new Chest(body, Stance.Create(image.Projection, pose));
        var phantom =
            image.Projection == Projection.Lateral
                ? LateralPhantom.Draw(seed, image, body, painter)
                : FrontalPhantom.Draw(seed, image, chest, painter);
        var mask = phantom.Lungs is null
            ? null
            : Array.ConvertAll(phantom.Lungs.Values, v => v >= 0.5f ? (byte)255 : (byte)0);
        var picture = phantom.Attenuation;
        Detector.Expose(picture, machine, layout.Frame.Scale, pose, image.ImageRandom(seed, RandomStream.Noise));
        Annotation.Burn(picture, layout, image, image.ImageRandom(seed, RandomStream.Annotation));
        return new Picture(layout.Width, layout.Height, picture.Values, mask, phantom.Opacity);
    }
}
