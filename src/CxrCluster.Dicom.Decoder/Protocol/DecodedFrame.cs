namespace CxrCluster.Dicom.Decoder.Protocol;

/// <summary>One decoded frame, as the codec gave it: nothing of the header's meaning is applied.</summary>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Columns">Width in pixels.</param>
/// <param name="Samples">1 for gray, 3 for colour (interleaved).</param>
/// <param name="BitsAllocated">8 or 16 bits per sample, little endian.</param>
/// <param name="IsLuminanceChrominance">Whether the three samples are Y, Cb, Cr instead of R, G, B.</param>
/// <param name="Samples8">Rows x Columns x Samples x BitsAllocated / 8 bytes.</param>
#pragma warning disable CA1819 // Megabytes of samples: an array is the honest type.
public sealed record DecodedFrame(
    int Rows,
    int Columns,
    int Samples,
    int BitsAllocated,
    bool IsLuminanceChrominance,
    byte[] Samples8
);
#pragma warning restore CA1819
