using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Data;

public sealed class ImageMaskFoldersTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _images;
    private readonly string _masks;

    public ImageMaskFoldersTests()
    {
        _images = _scratch.Folder("images");
        _masks = _scratch.Folder("masks");
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Pair_SameNames_OrderedPairsWhateverTheExtension()
    {
        Touch(_images, "b.png", "a.jpg", ".hidden");
        Touch(_masks, "a.png", "b.png");

        var pairs = ImageMaskFolders.Pair(_images, _masks);

        Assert.Equal(
            [
                new("a", Path.Combine(_images, "a.jpg"), Path.Combine(_masks, "a.png")),
                new ImageMaskPair("b", Path.Combine(_images, "b.png"), Path.Combine(_masks, "b.png")),
            ],
            pairs
        );
    }

    [Fact]
    public void Pair_ImageWithoutMask_IsNamed()
    {
        Touch(_images, "a.png", "b.png");
        Touch(_masks, "a.png");

        AssertRefused("without a mask", "b");
    }

    [Fact]
    public void Pair_MaskWithoutImage_IsNamed()
    {
        Touch(_images, "a.png");
        Touch(_masks, "a.png", "c.png");

        AssertRefused("without an image", "c");
    }

    [Fact]
    public void Pair_TwoFilesOfOneName_AreRefused()
    {
        Touch(_images, "a.png", "a.jpg");
        Touch(_masks, "a.png");

        AssertRefused("two files named a", _images);
    }

    [Fact]
    public void Pair_EmptyFolder_IsNamed() => AssertRefused("is empty", _images);

    [Fact]
    public void Pair_NoFolder_IsNamed()
    {
        Directory.Delete(_images);

        AssertRefused("does not exist", _images);
    }

    private void AssertRefused(params string[] parts)
    {
        var problem = Assert.Throws<InvalidTrainingDataException>(() => ImageMaskFolders.Pair(_images, _masks));
        Assert.All(parts, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
    }

    private static void Touch(string folder, params string[] names)
    {
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }
    }
}
