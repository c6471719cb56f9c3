namespace CxrCluster.Imaging;

/// <summary>The TIFF tags the reader looks at.</summary>
internal enum TiffTag
{
    Width = 256,
    Height = 257,
    Photometric = 262,
    StripOffsets = 273,
    Orientation = 274,
    StripByteCounts = 279,
    TileOffsets = 324,
    TileByteCounts = 325,
}
