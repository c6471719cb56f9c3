using System.Security.Cryptography;
using System.Text;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;

namespace CxrCluster.Grains.Similarity;

/// <summary>What a reader of one hospital may know of another's patients: a keyed pseudonym, and nothing that leads back.</summary>
/// <param name="key">Secret of the cluster, at least 16 bytes: without it a pseudonym cannot be found by trying ids.</param>
public sealed class Pseudonymiser(byte[] key)
{
    private readonly byte[] _key =
        key.Length >= 16
            ? key
            : throw new ArgumentException("The pseudonym key is too short: at least 16 bytes are needed.", nameof(key));

    /// <summary>The neighbour as the reader may see it. Own patients, and everything for an operator (null), in full.</summary>
    public Neighbour For(HospitalId? reader, Neighbour neighbour)
    {
        HospitalId hospital = neighbour.Instance.Hospital;
        if (reader is null || reader == hospital)
            return neighbour;
        string instance = Pseudonym(hospital, "instance", neighbour.Instance.Uid.Value);
        return neighbour with
        {
            Instance = new InstanceId(
                hospital,
                ContentUid.FromSha256(Hash(hospital, "instance", neighbour.Instance.Uid.Value))
            ),
            PatientId = neighbour.PatientId is { } id ? Pseudonym(hospital, "patient", id) : null,
            ImageName = instance,
            TakenAt = null,
        };
    }

    private string Pseudonym(HospitalId hospital, string kind, string id) => Hash(hospital, kind, id)[..16];

    private string Hash(HospitalId hospital, string kind, string id) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{hospital}\0{kind}\0{id}")));
}
