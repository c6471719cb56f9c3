using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Learning.Tests.Bundles;

public class ModelManifestTests
{
    private static readonly byte[] Sound = JsonSerializer.SerializeToUtf8Bytes(SmallModel.Draft, ManifestJson.Options);

    [Fact]
    public void Parse_WrittenManifest_IsEqualAndReadable()
    {
        ModelManifest parsed = ModelManifest.Parse(Sound);

        Assert.Equal(Sound, JsonSerializer.SerializeToUtf8Bytes(parsed, ManifestJson.Options));
        string text = Encoding.UTF8.GetString(Sound);
        Assert.Contains("\"precision\": \"auto\"", text, StringComparison.Ordinal);
        Assert.Contains("\"steps\": [", text, StringComparison.Ordinal);
        Assert.Contains("\"pad\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "\"Upper Case\"", "Model name")]
    [InlineData("architecture", "\"resnet51\"", "resnet50")]
    [InlineData("embeddingSize", "1", "Embedding size")]
    [InlineData("segmenterSide", "33", "U-net side 33")]
    [InlineData("segmenterShape", """{"depth":9,"baseWidth":8}""", "depth 9")]
    [InlineData("preprocessing", """{"side":7}""", "preprocessing.side")]
    [InlineData("threshold", "1.5", "Threshold 1.5")]
    [InlineData("threshold", "\"0.5\"", "not a model manifest")]
    [InlineData("precision", "\"float8\"", "not a model manifest")]
    [InlineData("name", "null", "not a model manifest")]
    [InlineData("preprocessing", "null", "not a model manifest")]
    [InlineData("operatingPoints", "[null]", "operatingPoints")]
    [InlineData("metrics", """{"rocAuc":null}""", "metrics")]
    public void Parse_ValueOutOfRange_SaysWhich(string property, string value, string clause)
    {
        JsonNode manifest = JsonNode.Parse(Sound)!;
        manifest[property] = JsonNode.Parse(value);

        var error = Assert.Throws<InvalidBundleException>(() =>
            ModelManifest.Parse(JsonSerializer.SerializeToUtf8Bytes(manifest))
        );

        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    public void Parse_NoManifest_IsRefused(string json) =>
        Assert.Throws<InvalidBundleException>(() => ModelManifest.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Parse_AnyMutation_ParsesOrIsRefused() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true),
            Prop.ForAll(
                Gen.Zip(Gen.Choose(0, Sound.Length - 1), Gen.Choose(0, 255)).ListOf().ToArbitrary(),
                changes =>
                {
                    byte[] json = [.. Sound];
                    foreach ((int at, int value) in changes)
                        json[at] = (byte)value;
                    try
                    {
                        Assert.Empty(ModelManifest.Parse(json).Validate());
                    }
                    catch (InvalidBundleException error)
                    {
                        Assert.NotEmpty(error.Message);
                    }
                }
            )
        );

    [Fact]
    public void Validate_PaperModel_IsSound() =>
        Assert.Empty(
            new ModelManifest
            {
                Name = "goldstein-2020",
                Architecture = "resnet50",
                SegmenterShape = new UNetShape(),
                SegmenterSide = 256,
                Preprocessing = new PreprocessingOptions(),
            }.Validate()
        );
}
