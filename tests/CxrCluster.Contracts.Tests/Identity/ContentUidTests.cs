using System.Security.Cryptography;
using CxrCluster.Contracts.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class ContentUidTests
{
    [Fact]
    public void FromSha256_KnownHash_IsItsFirst128BitsInDecimal() =>
        // SHA-256 of no bytes; 0xe3b0c44298fc1c149afbf4c8996fb924 in decimal by Python.
        Assert.Equal(
            "2.25.302652579918965577886386472538583578916",
            ContentUid.FromSha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").Value
        );

    [Theory]
    [InlineData('0', "2.25.0")]
    [InlineData('f', "2.25.340282366920938463463374607431768211455")]
    public void FromSha256_LeastAndGreatestHash_AreValidUids(char digit, string uid) =>
        Assert.Equal(uid, ContentUid.FromSha256(new string(digit, 64)).Value);

    [Fact]
    public void FromSha256_AnyContent_IsOneUidPerContentInEitherCase() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<byte[]>(),
                (x, y) =>
                    (Uid(x) == Uid(y)) == x.AsSpan().SequenceEqual(y)
                    && Uid(x) == ContentUid.FromSha256(Convert.ToHexStringLower(SHA256.HashData(x)))
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz99c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8zz")]
    public void FromSha256_NoHash_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => ContentUid.FromSha256(text));

    private static SopInstanceUid Uid(byte[] content) =>
        ContentUid.FromSha256(Convert.ToHexString(SHA256.HashData(content)));
}
