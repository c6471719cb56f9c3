namespace CxrCluster.Dicom.Format;

/// <summary>The attributes that are read (PS3.6), as group and element in one number.</summary>
internal static class DicomTags
{
    public const uint TransferSyntax = 0x0002_0010;
    public const uint CharacterSet = 0x0008_0005;
    public const uint ImageType = 0x0008_0008;
    public const uint SopClass = 0x0008_0016;
    public const uint SopInstance = 0x0008_0018;
    public const uint Modality = 0x0008_0060;
    public const uint PresentationIntent = 0x0008_0068;
    public const uint Manufacturer = 0x0008_0070;
    public const uint CodeMeaning = 0x0008_0104;
    public const uint AnatomicRegion = 0x0008_2218;
    public const uint PatientId = 0x0010_0020;
    public const uint BodyPart = 0x0018_0015;
    public const uint ImagerPixelSpacing = 0x0018_1164;
    public const uint ViewPosition = 0x0018_5101;
    public const uint StudyInstance = 0x0020_000d;
    public const uint SeriesInstance = 0x0020_000e;
    public const uint Samples = 0x0028_0002;
    public const uint Photometric = 0x0028_0004;
    public const uint PlanarConfiguration = 0x0028_0006;
    public const uint Frames = 0x0028_0008;
    public const uint Rows = 0x0028_0010;
    public const uint Columns = 0x0028_0011;
    public const uint PixelSpacing = 0x0028_0030;
    public const uint PixelAspectRatio = 0x0028_0034;
    public const uint BitsAllocated = 0x0028_0100;
    public const uint BitsStored = 0x0028_0101;
    public const uint HighBit = 0x0028_0102;
    public const uint PixelRepresentation = 0x0028_0103;
    public const uint PixelPadding = 0x0028_0120;
    public const uint PixelPaddingLimit = 0x0028_0121;
    public const uint BurnedInAnnotation = 0x0028_0301;
    public const uint WindowCentre = 0x0028_1050;
    public const uint WindowWidth = 0x0028_1051;
    public const uint RescaleIntercept = 0x0028_1052;
    public const uint RescaleSlope = 0x0028_1053;
    public const uint WindowFunction = 0x0028_1056;
    public const uint ModalityLuts = 0x0028_3000;
    public const uint LutDescriptor = 0x0028_3002;
    public const uint LutData = 0x0028_3006;
    public const uint VoiLuts = 0x0028_3010;
    public const uint ViewCodes = 0x0054_0220;
    public const uint PixelData = 0x7fe0_0010;

    public const uint Item = 0xfffe_e000;
    public const uint ItemEnd = 0xfffe_e00d;
    public const uint SequenceEnd = 0xfffe_e0dd;

    /// <summary>Sequences whose items are read also where implicit VR does not say that they are sequences.</summary>
    public static bool IsSequence(uint tag) => tag is ModalityLuts or VoiLuts or ViewCodes or AnatomicRegion;
}
