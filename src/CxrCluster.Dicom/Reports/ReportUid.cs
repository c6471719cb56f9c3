using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Dicom.Reports;

/// <summary>
/// UIDs made of what they name: 2.25 and a UUID as a decimal number (PS3.5 annex B.2). Equal parts give the equal UID, so
/// that what is written twice is one object in the PACS.
/// </summary>
public static class ReportUid
{
    /// <summary>The UID of the parts, in their order.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        // lengths in front: "ab", "c" and "a", "bc" are different names
        byte[] name = Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Length}:{part};")));
        Span<byte> uuid = SHA256.HashData(name).AsSpan(0, 16);
        // RFC 9562: version 8 (made by an own rule), variant 10
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        return $"2.25.{BinaryPrimitives.ReadUInt128BigEndian(uuid)}";
    }
}
