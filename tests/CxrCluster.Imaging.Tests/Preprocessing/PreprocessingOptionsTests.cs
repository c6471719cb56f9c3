using System.Text.Json;
using CxrCluster.Imaging.Preprocessing;

namespace CxrCluster.Imaging.Tests.Preprocessing;

public sealed class PreprocessingOptionsTests
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Defaults_AreThePapers()
    {
        var options = new PreprocessingOptions();

        Assert.Empty(options.Validate());
        Assert.Equal((1024, 8), (options.Side, options.ClaheTiles));
        Assert.Equal("crop,brightness,pad,resize,clahe", PreprocessingSteps.Format(options.Steps));
    }

    [Fact]
    public void Json_WrittenAndRead_IsEqual()
    {
        var options = new PreprocessingOptions
        {
            Side = 320,
            Steps = [PreprocessingStep.Crop, PreprocessingStep.Resize, PreprocessingStep.Clahe],
            BrightnessLowPercentile = 1,
            BrightnessHighPercentile = 98,
            ClaheClipLimit = 3.5,
            ClaheTiles = 6,
        };

        var json = JsonSerializer.Serialize(options, CamelCase);

        Assert.Contains("\"steps\":[\"crop\",\"resize\",\"clahe\"]", json, StringComparison.Ordinal);
        Assert.Equal(options, JsonSerializer.Deserialize<PreprocessingOptions>(json, CamelCase));
        Assert.Equal(
            options.GetHashCode(),
            JsonSerializer.Deserialize<PreprocessingOptions>(json, CamelCase)!.GetHashCode()
        );
    }

    [Fact]
    public void Equals_OtherSteps_AreUnequal()
    {
        Assert.NotEqual(new PreprocessingOptions(), PreprocessingOptions.None(1024));
        Assert.NotEqual(new PreprocessingOptions(), new PreprocessingOptions { ClaheTiles = 9 });
    }

    public static TheoryData<PreprocessingOptions, string> OutOfRange() =>
        new()
        {
            {
                new() { Side = 16 },
                "preprocessing.side is 16"
            },
            {
                new() { Side = 8192 },
                "preprocessing.side is 8192"
            },
            {
                new() { Steps = [PreprocessingStep.Clahe, PreprocessingStep.Crop] },
                "preprocessing.steps is 'clahe,crop'"
            },
            {
                new() { Steps = [PreprocessingStep.Pad, PreprocessingStep.Pad] },
                "preprocessing.steps is 'pad,pad'"
            },
            {
                new() { Steps = [(PreprocessingStep)9] },
                "preprocessing.steps is '9'"
            },
            {
                new() { BrightnessLowPercentile = 50 },
                "brightnessLowPercentile is 50"
            },
            {
                new() { BrightnessLowPercentile = double.NaN },
                "brightnessLowPercentile is NaN"
            },
            {
                new() { BrightnessHighPercentile = 100.1 },
                "brightnessHighPercentile is 100.1"
            },
            {
                new() { ClaheClipLimit = 0 },
                "claheClipLimit is 0"
            },
            {
                new() { ClaheTiles = 0 },
                "claheTiles is 0"
            },
        };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Validate_OutOfRange_NamesSettingAndRange(PreprocessingOptions options, string expected)
    {
        Assert.Contains(expected, Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Contains(
            expected,
            Assert.Throws<ArgumentException>(() => new Preprocessor(options)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("crop,brightness,pad,resize,clahe")]
    [InlineData(" Crop , RESIZE,")]
    [InlineData("")]
    public void Parse_KnownNames_IsTheirList(string text)
    {
        var steps = PreprocessingSteps.Parse(text);

        Assert.Equal(
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length,
            steps.Count
        );
        Assert.Equal(steps, PreprocessingSteps.Parse(PreprocessingSteps.Format(steps)));
    }

    [Theory]
    [InlineData("crop,sharpen")]
    [InlineData("0")]
    public void Parse_UnknownName_ListsTheKnown(string text)
    {
        var e = Assert.Throws<FormatException>(() => PreprocessingSteps.Parse(text));

        Assert.Contains("use some of crop,brightness,pad,resize,clahe", e.Message, StringComparison.Ordinal);
    }
}
