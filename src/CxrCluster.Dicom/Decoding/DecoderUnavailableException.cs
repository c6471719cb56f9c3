namespace CxrCluster.Dicom.Decoding;

/// <summary>Compressed DICOM pixels cannot be decoded on this machine; the message says what to install or change.</summary>
public sealed class DecoderUnavailableException : Exception
{
    /// <summary>With its sentences.</summary>
    public DecoderUnavailableException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public DecoderUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
