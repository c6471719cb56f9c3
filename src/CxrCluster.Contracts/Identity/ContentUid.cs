using System.Globalization;
using System.Numerics;

namespace CxrCluster.Contracts.Identity;

/// <summary>Gives files without DICOM identity (PNG, TIFF, ...) a SOP instance UID made from their content.</summary>
public static class ContentUid
{
    /// <summary>
    /// UID under the root 2.25 (PS3.5 annex B.2): the first 128 bits of the content hash as one decimal number. Equal
    /// bytes give the equal UID, so a file that is sent twice, under whatever name, is one instance.
    /// </summary>
    /// <param name="sha256">Content hash, 64 hexadecimal digits.</param>
    public static SopInstanceUid FromSha256(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
            throw new FormatException($"'{sha256}' is not a SHA-256 hash: 64 hexadecimal digits are needed.");
        var number = new BigInteger(Convert.FromHexString(sha256.AsSpan(0, 32)), isUnsigned: true, isBigEndian: true);
        return new SopInstanceUid("2.25." + number.ToString(CultureInfo.InvariantCulture));
    }
}
