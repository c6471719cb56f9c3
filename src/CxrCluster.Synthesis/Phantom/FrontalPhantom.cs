using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws a chest from the front.</summary>
internal static class FrontalPhantom
{
    // What a full depth of lung takes away from the soft tissue.
    private const float AirContrast = 0.66f;

    /// <summary>Draws the patient of an image.</summary>
    public static ChestPhantom Draw(int seed, ImagePlan image, Chest chest, Painter painter)
    {
        var lungs = painter.Fill(chest.Lung(-1), chest.Lung(1));
        var air = LungAir.Depth(painter, chest, lungs);
        var random = image.PatientRandom(seed, RandomStream.Vessels);
        var texture = new Clouds(random, 0.05f, 3);
        var replaced = painter.Blank();
        Ageing.Draw(painter, replaced, chest, random);
        var healthy = LungAir.Left(air, replaced, lungs);
        var disease = image.PatientRandom(seed, RandomStream.Disease);
        foreach (var lesion in Disease.Lesions(chest, image.Patient.Pathology, image.Severity, disease))
        {
            painter.Merge(replaced, lesion.Low, lesion.High, lesion.Share);
        }

        var vessels = painter.Blank();
        Vasculature.DrawVessels(painter, vessels, chest, random);
        var target = SoftTissue.Draw(painter, chest, texture);
        for (var i = 0; i < target.Values.Length; i++)
        {
            var left = air.Values[i] * (1 - replaced.Values[i]);
            // Vessels show against air only.
            target.Values[i] += (vessels.Values[i] * left) - (AirContrast * left);
        }

        SoftTissue.DrawHeart(painter, target, chest);
        Vasculature.DrawAirways(painter, target, chest);
        SoftTissue.DrawStomach(painter, target, chest);
        Skeleton.Draw(painter, target, chest);
        SoftTissue.DrawBreasts(painter, target, chest);
        DeviceDrawing.Draw(painter, target, chest, image.Devices, image.PatientRandom(seed, RandomStream.Devices));
        return new ChestPhantom(target, lungs, 1 - (LungAir.Left(air, replaced, lungs) / healthy));
    }
}
