namespace CxrCluster.Dicom.Format;

/// <summary>How a data set and its pixels are encoded (PS3.5 chapter 10 and annex A).</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Codec">How the pixels are compressed.</param>
/// <param name="IsExplicit">Whether elements carry their VR.</param>
/// <param name="IsBigEndian">Whether numbers have their high byte first.</param>
/// <param name="IsDeflated">Whether the data set is compressed as a whole.</param>
internal sealed record TransferSyntax(
    string Uid,
    PixelCodec Codec,
    bool IsExplicit = true,
    bool IsBigEndian = false,
    bool IsDeflated = false
)
{
    private const string Root = "1.2.840.10008.1.2";

    public static readonly TransferSyntax ImplicitLittleEndian = new(Root, PixelCodec.None, IsExplicit: false);
    public static readonly TransferSyntax ExplicitLittleEndian = new($"{Root}.1", PixelCodec.None);

    /// <summary>Whether pixels are fragments of a compressed stream.</summary>
    public bool IsEncapsulated => Codec != PixelCodec.None;

    /// <summary>The syntax of a UID; null when its pixels cannot be decoded here.</summary>
    public static TransferSyntax? Find(string uid) =>
        uid switch
        {
            Root => ImplicitLittleEndian,
            $"{Root}.1" => ExplicitLittleEndian,
            $"{Root}.1.99" => new(uid, PixelCodec.None, IsDeflated: true),
            $"{Root}.2" => new(uid, PixelCodec.None, IsBigEndian: true),
            $"{Root}.5" => new(uid, PixelCodec.RunLength),
            $"{Root}.4.50" or $"{Root}.4.51" or $"{Root}.4.53" or $"{Root}.4.55" or $"{Root}.4.57" or $"{Root}.4.70" =>
                new(uid, PixelCodec.Jpeg),
            $"{Root}.4.80" or $"{Root}.4.81" => new(uid, PixelCodec.JpegLs),
            $"{Root}.4.90" or $"{Root}.4.91" or $"{Root}.4.92" or $"{Root}.4.93" => new(uid, PixelCodec.Jpeg2000),
            _ => null,
        };
}
