using CxrCluster.Dicom.Tests.Support;

namespace CxrCluster.Dicom.Tests.Header;

public sealed class DicomEligibilityTests
{
    private static readonly DicomHeader Chest = new()
    {
        TransferSyntax = DicomBuilder.Explicit,
        Modality = "DX",
        BodyPart = "CHEST",
        View = "PA",
        HasPixels = true,
    };

    public static TheoryData<string, DicomExclusionKind?> Cases =>
        new()
        {
            { "as it is", null },
            { "modality=", null },
            { "modality=CR", null },
            { "modality=CT", DicomExclusionKind.Modality },
            { "modality=SEG", DicomExclusionKind.Modality },
            { "body=", null },
            { "body=Thorax", null },
            { "body=CHEST_1_VIEW", null },
            { "body=KNEE", DicomExclusionKind.BodyPart },
            { "view=", null },
            { "view=AP", null },
            { "view=LL", DicomExclusionKind.LateralView },
            { "view=left lateral", DicomExclusionKind.LateralView },
            { "view=RLO", DicomExclusionKind.OtherView },
            { "view=right posterior oblique", DicomExclusionKind.OtherView },
            { "intent=FOR PROCESSING", DicomExclusionKind.ImageType },
            { "intent=FOR PRESENTATION", null },
            { "type=LOCALIZER", DicomExclusionKind.ImageType },
            { "type=SECONDARY", null },
            { "pixels=none", DicomExclusionKind.NoPixels },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judge_OneAttributeChanged_FindsIt(string change, DicomExclusionKind? expected)
    {
        var value = change[(change.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var header = change.Split('=')[0] switch
        {
            "modality" => Chest with { Modality = value },
            "body" => Chest with { BodyPart = value },
            "view" => Chest with { View = value },
            "intent" => Chest with { PresentationIntent = value },
            "type" => Chest with { ImageType = ["DERIVED", "PRIMARY", value] },
            "pixels" => Chest with { HasPixels = false },
            _ => Chest,
        };

        Assert.Equal(expected, new DicomEligibility(new DicomOptions()).Judge(header)?.Kind);
    }

    [Fact]
    public void TryRead_ViewAndRegionAsCodesOnly_AreFound()
    {
        var bytes = DicomBuilder
            .Chest(32, 32, 8)
            .Without(0x0018_0015)
            .Without(0x0018_5101)
            .Text(0x0028_0301, "CS", "YES")
            .Sequence(0x0008_2218, item => item.Text(0x0008_0104, "LO", "Chest"))
            .Sequence(0x0054_0220, item => item.Text(0x0008_0104, "LO", "left lateral"))
            .Pixels8(new byte[32 * 32])
            .Build();

        var header = DicomHeaderReader.TryRead(bytes);

        Assert.NotNull(header);
        Assert.Equal(("Chest", "left lateral", true), (header.BodyPart, header.View, header.BurnedInAnnotation));
    }

    [Fact]
    public void TryRead_NoDicom_IsNull() => Assert.Null(DicomHeaderReader.TryRead(new byte[500]));
}
