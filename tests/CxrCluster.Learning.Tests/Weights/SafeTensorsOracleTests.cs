using System.Diagnostics;
using System.Text.Json;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights;

/// <summary>The oracle is Fixtures/safetensors_oracle.py, which shares no code with ours.</summary>
public sealed class SafeTensorsOracleTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");
    private readonly ScratchFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_FileOfAnotherWriter_GivesItsValues()
    {
        string path = Path.Combine(Fixtures, "safetensors_oracle.bin");

        Dictionary<string, Tensor> read = SafeTensors.Read(path);

        Assert.Equal("ö\n", SafeTensors.ReadMetadata(path)["ä"]);
        foreach (string name in new[] { "i64", "i32", "i16", "i8", "u8" })
            AssertValues([0, 1, 2, 3, 100, 127], read[name]);
        AssertValues([0, -1.5, 0.25, 3, -96, 1e30], read["f64"]);
        foreach (string name in new[] { "f32", "f16", "bf16" })
            AssertValues([0, -1.5, 0.25, 3, -96, 2], read[name]);
        Assert.Equal([2L, 3], read["bf16"].shape);
        Assert.Empty(read["scalar"].shape);
        Assert.Equal(7, read["scalar"].item<float>());
        Assert.Equal([0L, 4], read["none"].shape);
    }

    [Fact]
    public async Task Write_AnotherReader_SeesTheSameValues()
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), "python3 absent: install it to check our files with another reader");
        string path = _folder.At("ours.bin");
        Tensor values = tensor(new float[] { 0, -1.5f, 0.25f, 3, -96, 2 }).reshape(2, 3);
        SafeTensors.Write(
            path,
            new Dictionary<string, Tensor>
            {
                ["é\"\\"] = values,
                ["half"] = values.to(float16),
                ["brain"] = values.to(bfloat16),
                ["count"] = tensor(42L),
            },
            new Dictionary<string, string> { ["key"] = "täxt\n" }
        );

        using Process process = Process.Start(
            new ProcessStartInfo(python, [Path.Combine(Fixtures, "safetensors_oracle.py"), "read", path])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        string json = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        Assert.Equal("täxt\n", root.GetProperty("__metadata__").GetProperty("key").GetString());
        Assert.Equal(42, root.GetProperty("count").GetProperty("values")[0].GetInt64());
        foreach ((string name, string type) in new[] { ("é\"\\", "F32"), ("half", "F16"), ("brain", "BF16") })
        {
            JsonElement entry = root.GetProperty(name);
            Assert.Equal(type, entry.GetProperty("dtype").GetString());
            Assert.Equal([2, 3], entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
            AssertValues([.. entry.GetProperty("values").EnumerateArray().Select(n => n.GetDouble())], values);
        }
    }

    private static void AssertValues(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.to(float64).flatten().data<double>().ToArray());
}
