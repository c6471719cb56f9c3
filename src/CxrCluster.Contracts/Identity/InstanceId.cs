namespace CxrCluster.Contracts.Identity;

/// <summary>One image of one hospital. The hospital is part of equality: equal UIDs of two hospitals are two images.</summary>
[GenerateSerializer, Immutable, Alias("instance-id")]
public readonly record struct InstanceId([property: Id(0)] HospitalId Hospital, [property: Id(1)] SopInstanceUid Uid)
    : IComparable<InstanceId>
{
    /// <summary>By hospital, then by UID, ordinal: the order in which equal distances are reported.</summary>
    public int CompareTo(InstanceId other)
    {
        int byHospital = Hospital.CompareTo(other.Hospital);
        return byHospital != 0 ? byHospital : Uid.CompareTo(other.Uid);
    }

    /// <summary>"hospital/uid".</summary>
    public override string ToString() => $"{Hospital}/{Uid}";
}
