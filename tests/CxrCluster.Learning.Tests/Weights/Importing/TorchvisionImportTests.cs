using System.Diagnostics;
using System.Text.Json;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;
using CxrCluster.Learning.Weights;
using CxrCluster.Learning.Weights.Importing;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights.Importing;

/// <summary>torchvision itself writes the weights and computes what they give (Fixtures/make_torchvision.py export).</summary>
public sealed class TorchvisionImportTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Architectures => [.. ClassifierNetwork.Architectures];

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task Run_TorchvisionsFiles_GiveTorchvisionsOutputs(string architecture)
    {
        Assert.SkipUnless(
            await RunPythonAsync("-c", "import torchvision"),
            "torchvision absent: run eng/setup.sh --oracles to check against it; TorchvisionTests has its recorded outputs"
        );
        string script = Path.Combine(AppContext.BaseDirectory, "Fixtures", "make_torchvision.py");
        Assert.True(await RunPythonAsync(script, "export", architecture, _folder.At("")), "the oracle failed");
        OracleOutputs expected = JsonSerializer.Deserialize<OracleOutputs>(
            await File.ReadAllTextAsync(_folder.At("outputs.json"), TestContext.Current.CancellationToken),
            JsonSerializerOptions.Web
        )!;

        foreach (string file in new[] { "zip.pth", "legacy.pth" })
        {
            using DisposeScope scope = NewDisposeScope();
            Import(file, architecture, FirstLayerWeights.Keep, out ClassifierNetwork network);
            using (network)
                expected.AssertGivenBy(network);
            ImportedWeights imported = Import(file, architecture, FirstLayerWeights.Rgb, out network);
            using (network)
                expected.AssertGreyGivenBy(network);
            Assert.Equal(2, imported.LeftOut.Count);
            Assert.Equal(file == "zip.pth" || architecture == "vgg16", imported.FilledIn == 0);
        }
    }

    private ImportedWeights Import(
        string file,
        string architecture,
        FirstLayerWeights firstLayer,
        out ClassifierNetwork network
    )
    {
        string output = _folder.At("imported.safetensors");
        ImportedWeights imported = WeightsImport.Run(_folder.At(file), architecture, firstLayer, output);
        network = ClassifierNetwork.Create(architecture);
        network.eval();
        Dictionary<string, Tensor> state = Formula.State(network);
        foreach ((string name, Tensor values) in SafeTensors.Read(output))
            state[name] = values;
        StrictLoading.Load(network, state);
        return imported;
    }

    private static async Task<bool> RunPythonAsync(params string[] arguments)
    {
        if (!File.Exists(Python))
            return false;
        using Process process = Process.Start(
            new ProcessStartInfo(Python, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
