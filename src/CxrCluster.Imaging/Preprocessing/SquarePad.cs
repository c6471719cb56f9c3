namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Pads the shorter side with black on both ends until the picture is square.</summary>
public sealed class SquarePad
{
#pragma warning disable CA1822
    /// <summary>The padded picture.</summary>
    public Radiograph Apply(Radiograph r) => throw new NotSupportedException();
#pragma warning restore CA1822
}
