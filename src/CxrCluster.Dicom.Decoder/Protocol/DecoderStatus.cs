namespace CxrCluster.Dicom.Decoder.Protocol;

/// <summary>The kinds of message that a child sends.</summary>
internal enum DecoderStatus
{
    /// <summary>The child is ready; its text says which decoder it has and how it is confined.</summary>
    Ready = 1,

    /// <summary>The child has no decoder; its text says what is missing. It ends.</summary>
    Unavailable = 2,

    /// <summary>A frame follows.</summary>
    Decoded = 3,

    /// <summary>The file cannot be decoded; its text says why. The child goes on.</summary>
    Refused = 4,
}
