using System.Text.Json;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Cli.Tests.Weights;

public sealed class WeightsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_Weights_WritesThemAndSaysWhatWasDone()
    {
        WriteResNet34();

        CliResult result = await ImportAsync("resnet34", "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement line = Assert.Single(result.Json);
        Assert.Equal(_folder["out/weights.safetensors"], line.GetProperty("weights").GetString());
        Assert.Equal(216, line.GetProperty("tensors").GetInt32());
        Assert.Equal("rgb", line.GetProperty("firstLayer").GetString());
        Assert.Equal(["fc.bias"], line.GetProperty("leftOut").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("Left out the file's own classifier: fc.bias.", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out/weights.safetensors"]));
    }

    [Fact]
    public async Task Import_WeightsOfAnotherNetwork_IsRefusedWithAList()
    {
        WriteResNet34();

        CliResult result = await ImportAsync("vgg16");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("missing: features.0.bias", result.Error, StringComparison.Ordinal);
        Assert.Contains("unexpected: bn1.bias", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/weights.safetensors"]));
    }

    [Fact]
    public async Task Import_PickleThatRunsACommand_IsRefusedUnrun()
    {
        byte[] payload = [0x80, 2, .. "cposix\nsystem\nX\u0004\0\0\0true\u0085R."u8];
        byte[] magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        await File.WriteAllBytesAsync(
            _folder["source.pth"],
            [.. magic, .. payload],
            TestContext.Current.CancellationToken
        );

        CliResult result = await ImportAsync("resnet34");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("it asks for posix.system", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alexnet", "--arch is 'alexnet'")]
    [InlineData("resnet34", "--first-layer is 'grey'", "--first-layer", "grey")]
    public async Task Import_WrongUsage_SaysWhatToGive(string architecture, string sentence, params string[] more)
    {
        CliResult result = await ImportAsync(architecture, more);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> ImportAsync(string architecture, params string[] more) =>
        Cxr.RunAsync([
            "weights",
            "import",
            _folder["source.pth"],
            "--arch",
            architecture,
            "--out",
            _folder["out/weights.safetensors"],
            .. more,
        ]);

    private void WriteResNet34()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = ClassifierNetwork.Create("resnet34");
        SafeTensors.Write(
            _folder["source.pth"],
            network
                .state_dict()
                .Where(item => !item.Key.StartsWith("head.", StringComparison.Ordinal))
                .Append(new("fc.bias", rand(1000)))
        );
    }
}
