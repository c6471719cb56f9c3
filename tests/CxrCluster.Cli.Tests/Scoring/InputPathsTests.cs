using CxrCluster.Cli.Scoring;

namespace CxrCluster.Cli.Tests.Scoring;

public sealed class InputPathsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Expand_Folder_GivesItsImagesInOrdinalOrder()
    {
        foreach (string name in new[] { "b.png", "a.JPG", "B.tiff", "notes.txt", "c.dcm" })
            File.WriteAllText(_folder[name], "");

        Assert.Equal(["B.tiff", "a.JPG", "b.png", "c.dcm"], Names(InputPaths.Expand([_folder.Root], recursive: false)));
    }

    [Fact]
    public void Expand_Recursive_AddsSubfoldersButFollowsNoLinks()
    {
        Directory.CreateDirectory(_folder["sub"]);
        File.WriteAllText(_folder["sub/x.png"], "");
        File.WriteAllText(_folder["top.png"], "");
        Directory.CreateSymbolicLink(_folder["sub/back"], _folder.Root);

        Assert.Equal(["top.png"], Names(InputPaths.Expand([_folder.Root], recursive: false)));
        Assert.Equal(["x.png", "top.png"], Names(InputPaths.Expand([_folder.Root], recursive: true)));
    }

    [Fact]
    public void Expand_SeveralPaths_KeepsTheirOrderAndRepeats()
    {
        File.WriteAllText(_folder["a.png"], "");
        File.WriteAllText(_folder["b.png"], "");

        var inputs = InputPaths.Expand([_folder["b.png"], _folder.Root, _folder["b.png"]], recursive: false);

        Assert.Equal(["b.png", "a.png", "b.png", "b.png"], Names(inputs));
        Assert.All(inputs, i => Assert.Null(i.Problem));
    }

    [Fact]
    public void Expand_WhatIsNotThere_KeepsItsPlaceWithASentence()
    {
        Directory.CreateDirectory(_folder["empty"]);

        var inputs = InputPaths.Expand([_folder["gone.png"], _folder["empty"]], recursive: false);

        Assert.Equal([_folder["gone.png"], _folder["empty"]], inputs.Select(i => i.Path));
        Assert.Contains("gone.png: no such file or folder", inputs[0].Problem, StringComparison.Ordinal);
        Assert.Contains("--recursive", inputs[1].Problem, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(IEnumerable<(string Path, string? Problem)> inputs) =>
        inputs.Select(i => Path.GetFileName(i.Path));
}
