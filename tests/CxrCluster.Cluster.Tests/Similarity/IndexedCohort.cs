using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Jobs;
using CxrCluster.Similarity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Cluster.Tests.Similarity;

/// <summary>Random embeddings that go the way of results: into the catalogue first, then to the index.</summary>
internal sealed class IndexedCohort(CxrTestCluster cluster, params IReadOnlyList<HospitalId> hospitals)
{
    private const int Dimension = 16;

    private readonly Random _random = new(7);
    private readonly List<(InstanceId Id, string Patient, float[] Vector)> _all = [];

    /// <summary>Everything acknowledged.</summary>
    public int Count => _all.Count;

    public IReadOnlyList<(InstanceId Id, string Patient, float[] Vector)> All => _all;

    public float[] Query() => [.. Enumerable.Range(0, Dimension).Select(_ => _random.NextSingle())];

    /// <summary>So many more per hospital, under the cluster's model.</summary>
    public async Task AddAsync(int perHospital, CancellationToken cancellationToken)
    {
        var committer = cluster.Get<ResultCommitter>();
        foreach (HospitalId hospital in hospitals)
            for (int i = 0; i < perHospital; i++)
            {
                int number = _all.Count;
                InstanceRecord instance = Instance(hospital, number);
                await cluster.Get<IInstanceStore>().UpsertAsync([instance], cancellationToken);
                float[] vector = Query();
                await committer.RecordAsync(Score(instance, vector), cancellationToken);
                _all.Add((instance.Id, instance.PatientId!, vector));
            }
    }

    /// <summary>Measures and sorts everything.</summary>
    public IReadOnlyList<(InstanceId Id, double Distance)> Nearest(float[] query, int k) =>
        [
            .. _all.Select(e => (e.Id, Distance: EuclideanDistance.Between(query, e.Vector)))
                .OrderBy(e => e.Distance)
                .ThenBy(e => e.Id)
                .Take(k),
        ];

    public Task<SimilarReply> FindAsync(SimilarQuery query, CancellationToken cancellationToken) =>
        cluster.Get<IGrainFactory>().GetGrain<ISimilarityGrain>(0).Find(query, cancellationToken);

    public SimilarQuery Ask(float[] vector, int k, TimeSpan? patience = null) =>
        new(cluster.Model, vector, k, hospitals, Patience: patience);

    private static InstanceRecord Instance(HospitalId hospital, int number)
    {
        string sha256 = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number))
        );
        return new InstanceRecord
        {
            Id = new InstanceId(hospital, new SopInstanceUid($"2.25.{number + 1}")),
            Sha256 = sha256,
            BlobKey = $"images/{hospital}/{sha256}",
            Name = $"name-{hospital}-{number}.png",
            PatientId = $"patient-{hospital}-{number / 2}",
            View = number % 3 == 0 ? "PA" : "AP",
            Label = number % 2,
            ReceivedAt = DateTimeOffset.UnixEpoch.AddDays(number),
        };
    }

    private ScoreRecord Score(InstanceRecord instance, float[] vector) =>
        new()
        {
            Instance = instance.Id,
            Sha256 = instance.Sha256,
            Model = cluster.Model,
            Score = new ImageScore
            {
                Outcome = ImageOutcome.Scored,
                Probability = 0.5,
                Threshold = 0.5,
                LungFraction = 0.3,
                Embedding = vector,
                Milliseconds = 1,
            },
            ScoredAt = DateTimeOffset.UnixEpoch,
        };
}
