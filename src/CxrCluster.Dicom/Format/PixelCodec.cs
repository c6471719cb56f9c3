namespace CxrCluster.Dicom.Format;

/// <summary>The families of pixel compression.</summary>
internal enum PixelCodec
{
    /// <summary>Samples as they are.</summary>
    None,

    /// <summary>RLE (PS3.5 annex G).</summary>
    RunLength,

    /// <summary>JPEG: baseline, extended, progressive, lossless.</summary>
    Jpeg,

    /// <summary>JPEG-LS.</summary>
    JpegLs,

    /// <summary>JPEG 2000.</summary>
    Jpeg2000,
}
