using System.Text.Json;
using CxrCluster.Contracts.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class InstanceIdTests
{
    private static readonly Arbitrary<InstanceId> Any = (
        from hospital in Gen.Elements("north", "north-2", "south")
        from uid in Gen.Elements("1.2", "1.10", "1.2.3", "2.25.7")
        select new InstanceId(new HospitalId(hospital), new SopInstanceUid(uid))
    ).ToArbitrary();

    [Fact]
    public void Equals_SameUidOfTwoHospitals_AreTwoImages()
    {
        var uid = new SopInstanceUid("1.2");

        Assert.NotEqual(new InstanceId(new HospitalId("north"), uid), new InstanceId(new HospitalId("south"), uid));
    }

    [Fact]
    public void CompareTo_AnyTwo_IsByHospitalThenUid() =>
        Prop.ForAll(
                Any,
                Any,
                (x, y) =>
                    Math.Sign(x.CompareTo(y))
                        == Math.Sign((x.Hospital.Value, x.Uid.Value).CompareTo((y.Hospital.Value, y.Uid.Value)))
                    && (x.CompareTo(y) == 0) == x.Equals(y)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Serializers_Any_RoundTrip() =>
        Prop.ForAll(
                Any,
                id => Wire.Send(id) == id && JsonSerializer.Deserialize<InstanceId>(JsonSerializer.Serialize(id)) == id
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void ToString_Any_IsHospitalSlashUid() =>
        Assert.Equal("north/1.2", new InstanceId(new HospitalId("north"), new SopInstanceUid("1.2")).ToString());
}
