using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Watches a job's counts and says how fast they grow.</summary>
internal sealed class JobPace(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<(long At, Dictionary<HospitalId, int> Finished)> _samples = new();

    /// <summary>Takes note of the job as it is now.</summary>
    public IReadOnlyList<HospitalPace> Next(JobProgress job)
    {
        long now = time.GetTimestamp();
        _samples.Enqueue((now, job.Hospitals.ToDictionary(h => h.Hospital, Finished)));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
            _samples.Dequeue();
        (long since, Dictionary<HospitalId, int> before) = _samples.Peek();
        double seconds = time.GetElapsedTime(since, now).TotalSeconds;
        return
        [
            .. job.Hospitals.Select(h =>
            {
                int grown = Finished(h) - before.GetValueOrDefault(h.Hospital);
                double rate = seconds > 0 && grown > 0 ? grown / seconds : 0;
                return new HospitalPace(h.Hospital, rate, rate > 0 ? (h.Total - Finished(h)) / rate : null);
            }),
        ];
    }

    private static int Finished(HospitalProgress part) => part.Scored + part.Excluded + part.Failed;
}
