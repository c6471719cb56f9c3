using CxrCluster.Gateway.Http;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Gateway.Tests.Http;

public sealed class UploadPartTests
{
    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData("C:\\Users\\x\\a.png", "a.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("/", "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("a\r\nX-Evil: 1.png", "aX-Evil: 1.png")]
    public void SafeName_KeepsTheLastPart(string sent, string kept) => Assert.Equal(kept, UploadPart.SafeName(sent));

    [Fact]
    public void SafeName_AnyText_IsShortPrintableAndNoPath() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll<NonNull<string>>(sent =>
            {
                string safe = UploadPart.SafeName(sent.Get);
                return safe.Length is > 0 and <= 255 && !safe.Any(c => char.IsControl(c) || c is '/' or '\\');
            })
        );
}
