using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Similarity;

namespace CxrCluster.Cluster.Tests.Similarity;

public sealed class SharingPolicyTests
{
    private static readonly HospitalId Own = new("own");
    private static readonly HospitalId Closed = new("closed");
    private static readonly HospitalId Open = new("open");

    private readonly SharingPolicy _policy = new(
        new Dictionary<HospitalId, SharingLevel> { [Closed] = SharingLevel.Nothing, [Open] = SharingLevel.Scores },
        SharingLevel.Scores
    );

    [Fact]
    public void MaySee_FollowsTheHospitalsLevel()
    {
        Assert.True(_policy.MaySee(Own, Own));
        Assert.False(_policy.MaySee(Own, Closed));
        Assert.True(_policy.MaySee(Closed, Closed));
        Assert.True(_policy.MaySee(Own, Open));
        Assert.True(_policy.MaySee(Own, new HospitalId("other")));
        Assert.True(_policy.MaySee(null, Closed));
    }
}
