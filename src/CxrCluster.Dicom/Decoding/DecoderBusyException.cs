namespace CxrCluster.Dicom.Decoding;

/// <summary>More images wait for a decoder than may. Try again later, or elsewhere.</summary>
public sealed class DecoderBusyException : Exception
{
    /// <summary>With the number that waits.</summary>
    public DecoderBusyException(int waiting)
        : base($"{waiting} images wait for a DICOM decoder already; try again later.") { }
}
