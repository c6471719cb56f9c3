namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Cuts black borders and text-only margins.</summary>
public sealed class BorderCrop
{
#pragma warning disable CA1822
    /// <summary>The part of <paramref name="r"/> to keep, in its pixels.</summary>
    public PixelRect Find(Radiograph r) => throw new NotSupportedException();

    /// <summary>The cropped picture.</summary>
    public Radiograph Apply(Radiograph r) => throw new NotSupportedException();
#pragma warning restore CA1822
}
