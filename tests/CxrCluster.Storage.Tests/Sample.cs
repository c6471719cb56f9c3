using System.Security.Cryptography;
using System.Text;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Tests;

/// <summary>Images and results with names of their own, so that tests can share a catalogue.</summary>
internal sealed class Sample
{
    public static readonly DateTimeOffset Start = new(2020, 4, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly string _tag = Guid.NewGuid().ToString("N")[..8];

    public ModelId Model => new("covid", _tag);

    public JobId Job(int number = 0) => new($"job-{_tag}-{number}");

    public HospitalId Hospital(int number = 0) => new($"h{number}-{_tag}");

    /// <param name="version">The same image with other bytes.</param>
    public InstanceRecord Instance(int number, int hospital = 0, int version = 0) =>
        new()
        {
            Id = new InstanceId(Hospital(hospital), new SopInstanceUid($"1.2.{number}")),
            Sha256 = Sha256($"{_tag} {number} {version}"),
            BlobKey = $"images/{Hospital(hospital)}/{number}",
            Name = $"image-{number}.png",
            PatientId = $"patient-{number / 2}",
            ReceivedAt = Start.AddMinutes(number),
        };

    public InstanceRecord[] Instances(int count, int hospital = 0) =>
        [.. Enumerable.Range(0, count).Select(n => Instance(n, hospital))];

    public ScoreRecord Score(InstanceRecord instance, double probability) =>
        Result(
            instance,
            new ImageScore
            {
                Outcome = ImageOutcome.Scored,
                Probability = probability,
                Threshold = 0.5,
                LungFraction = 0.25,
                Embedding = [(float)probability, -1.5f, float.Epsilon],
                Milliseconds = 12.5,
            }
        );

    public ScoreRecord Exclude(InstanceRecord instance, string text = "lateral") =>
        Result(instance, ImageScore.Excluded(new Reason(ReasonCodes.LateralView, text), 1));

    public ScoreRecord Fail(InstanceRecord instance, string text = "unreadable") =>
        Result(instance, ImageScore.Failed(new Reason(ReasonCodes.Unreadable, text), 1));

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private ScoreRecord Result(InstanceRecord instance, ImageScore score) =>
        new()
        {
            Instance = instance.Id,
            Sha256 = instance.Sha256,
            Model = Model,
            Score = score,
            ScoredAt = Start,
        };
}
