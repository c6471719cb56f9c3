using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Dicom.Deidentification;

/// <summary>
/// Pseudonyms and UIDs of one project, by HMAC-SHA256: equal within it, unlinkable to those of another, not to be undone
/// without the key. Each carries a check by the key, so that one that was made here is known as such and stays as it is.
/// </summary>
public sealed class ProjectPseudonyms
{
    /// <summary>Shortest key, bytes.</summary>
    public const int MinKeyBytes = 32;

    private const int NameBytes = 10;
    private const int CheckBytes = 4;
    private const string Prefix = "P";
    private const string Root = "2.25.";
    private readonly byte[] _key;

    /// <param name="key">Secret of the cluster, at least 32 random bytes.</param>
    /// <param name="project">Its name separates it from others under the same key.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public ProjectPseudonyms(ReadOnlySpan<byte> key, string project)
    {
        if (key.Length < MinKeyBytes)
            throw new ArgumentException(
                $"The key for pseudonyms has {key.Length} bytes; use at least {MinKeyBytes} random ones.",
                nameof(key)
            );
        _key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"de-identification|{project}"));
    }

    /// <summary>The pseudonym of a hospital's patient; "" for no id.</summary>
    public string OfPatient(string hospital, string patientId)
    {
        if (patientId.Length == 0 || IsOwnPatient(patientId))
            return patientId;
        byte[] name = Mac($"patient|{hospital.Length}|{hospital}|{patientId}", NameBytes);
        return $"{Prefix}{Convert.ToHexString(name)}{Convert.ToHexString(Check("patient", name))}";
    }

    /// <summary>The UID that stands for this one; "" for none.</summary>
    public string OfUid(string uid)
    {
        if (uid.Length == 0 || IsOwnUid(uid))
            return uid;
        byte[] name = Shaped(Mac($"uid|{uid}", 16));
        return Root + BinaryPrimitives.ReadUInt128BigEndian(name);
    }

    private bool IsOwnPatient(string id)
    {
        int digits = (NameBytes + CheckBytes) * 2;
        if (id.Length != digits + 1 || id[..1] != Prefix || !id.AsSpan(1).ToString().All(char.IsAsciiHexDigitUpper))
            return false;
        byte[] bytes = Convert.FromHexString(id.AsSpan(1));
        return bytes.AsSpan(NameBytes).SequenceEqual(Check("patient", bytes.AsSpan(0, NameBytes)));
    }

    private bool IsOwnUid(string uid)
    {
        if (
            !uid.StartsWith(Root, StringComparison.Ordinal)
            || !UInt128.TryParse(
                uid.AsSpan(Root.Length),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out UInt128 number
            )
            || number.ToString(System.Globalization.CultureInfo.InvariantCulture) != uid[Root.Length..]
        )
            return false;
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Shaped([.. bytes]).AsSpan().SequenceEqual(bytes);
    }

    /// <summary>A version 8 UUID (RFC 9562) whose last bytes are the check of the others.</summary>
    private byte[] Shaped(byte[] uuid)
    {
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        Check("uid", uuid.AsSpan(0, 16 - CheckBytes)).CopyTo(uuid, 16 - CheckBytes);
        return uuid;
    }

    private byte[] Check(string what, ReadOnlySpan<byte> name) =>
        Mac($"check|{what}|{Convert.ToHexString(name)}", CheckBytes);

    private byte[] Mac(string text, int bytes) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text))[..bytes];
}
