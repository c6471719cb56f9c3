using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Synthesis.Output;

/// <summary>UIDs derived from a name: 2.25 followed by a UUID as a decimal number (DICOM PS3.5 B.2).</summary>
internal static class DicomUid
{
    /// <summary>The UID of a name; equal names give equal UIDs.</summary>
    public static string From(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        // RFC 9562: version 8 (made by an own rule), variant 10.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"2.25.{BinaryPrimitives.ReadUInt128BigEndian(bytes)}";
    }
}
