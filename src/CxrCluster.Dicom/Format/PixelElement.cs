namespace CxrCluster.Dicom.Format;

/// <summary>Where the pixels are.</summary>
/// <param name="Native">The samples themselves, when they are not compressed.</param>
/// <param name="Fragments">The fragments of the compressed stream after the offset table; empty when it is not compressed.</param>
/// <param name="FrameOffsets">The basic offset table: where each frame's first item starts, from the first fragment's item.</param>
/// <param name="IsBytes">Whether the samples were written as bytes (VR OB), which big endian does not swap.</param>
internal sealed record PixelElement(
    ReadOnlyMemory<byte> Native,
    IReadOnlyList<ReadOnlyMemory<byte>> Fragments,
    IReadOnlyList<uint> FrameOffsets,
    bool IsBytes
);
