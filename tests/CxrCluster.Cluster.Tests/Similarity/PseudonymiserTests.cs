using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Similarity;

namespace CxrCluster.Cluster.Tests.Similarity;

public sealed class PseudonymiserTests
{
    private static readonly HospitalId North = new("north");
    private static readonly HospitalId South = new("south");
    private static readonly Neighbour Case = new(
        new InstanceId(South, new SopInstanceUid("1.2.3")),
        "patient-7",
        "smith-chest.png",
        1.25,
        0.75,
        1
    );

    private readonly Pseudonymiser _pseudonyms = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void For_OwnHospital_NothingHidden() => Assert.Equal(Case, _pseudonyms.For(South, Case));

    [Fact]
    public void For_Operator_NothingHidden() => Assert.Equal(Case, _pseudonyms.For(null, Case));

    [Fact]
    public void For_OtherHospital_NoTextOfTheOriginalIsLeft()
    {
        Neighbour seen = _pseudonyms.For(North, Case);

        string all = seen.ToString();
        Assert.DoesNotContain("patient-7", all, StringComparison.Ordinal);
        Assert.DoesNotContain("smith", all, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3", all, StringComparison.Ordinal);
        Assert.Equal((Case.Distance, Case.Probability, Case.Label), (seen.Distance, seen.Probability, seen.Label));
        Assert.Equal(South, seen.Instance.Hospital);
    }

    [Fact]
    public void For_OtherHospital_SamePatientSamePseudonymOtherKeyAnother()
    {
        var other = new Pseudonymiser(new byte[32]);
        Neighbour sibling = Case with { Instance = new InstanceId(South, new SopInstanceUid("1.2.4")) };

        Assert.Equal(_pseudonyms.For(North, Case).PatientId, _pseudonyms.For(North, sibling).PatientId);
        Assert.NotEqual(_pseudonyms.For(North, Case).Instance, _pseudonyms.For(North, sibling).Instance);
        Assert.NotEqual(_pseudonyms.For(North, Case).PatientId, other.For(North, Case).PatientId);
    }

    [Fact]
    public void Constructor_ShortKey_Refused() =>
        Assert.Throws<ArgumentException>(() => new Pseudonymiser(new byte[15]));
}
