using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Tests.Jobs;

/// <summary>What the job and score stores promise, in dictionaries: the truth that the real ones are compared with.</summary>
internal sealed class ReferenceCatalogue(ModelId model)
{
    private readonly Dictionary<InstanceId, InstanceRecord> _ledger = [];
    private readonly Dictionary<(InstanceId, string), ScoreRecord> _scores = [];
    private readonly Dictionary<JobId, Job> _jobs = [];

    public void Upsert(InstanceRecord instance) => _ledger[instance.Id] = instance;

    public InstanceRecord Find(InstanceId id) => _ledger[id];

    public IEnumerable<ScoreRecord> Scores => _scores.Values;

    public ScoreRecord Record(ScoreRecord score)
    {
        var key = (score.Instance, score.Sha256);
        if (!_scores.TryGetValue(key, out ScoreRecord? known) || known.Score.Outcome != ImageOutcome.Scored)
            _scores[key] = score;
        return _scores[key];
    }

    public void Create(JobId id, IReadOnlyList<JobItemSeed> items)
    {
        var job = new Job { State = items.Count == 0 ? JobState.Done : JobState.Running };
        foreach (JobItemSeed item in items)
        {
            job.Items.Add(item.Ordinal, new Item(item.Instance));
            job.Parts.TryAdd(item.Instance.Hospital, new Part());
        }
        _jobs.Add(id, job);
        Settle(job);
    }

    public long? TakeOver(JobId id, HospitalId hospital)
    {
        Part part = _jobs[id].Parts[hospital];
        return part.State == JobState.Running ? ++part.Epoch : null;
    }

    public bool Holds(JobPart held)
    {
        Part part = _jobs[held.Job].Parts[held.Hospital];
        return part.State == JobState.Running && part.Epoch == held.Epoch;
    }

    public ScoreRecord[] Commit(JobPart part, IReadOnlyList<JobItemResult> results)
    {
        foreach (JobItemResult result in results)
            Record(result.Score);
        ScoreRecord[] recorded = [.. results.Select(r => _scores[(r.Score.Instance, r.Score.Sha256)])];
        foreach ((JobItemResult result, ScoreRecord score) in results.Zip(recorded))
            (_jobs[part.Job].Items[result.Ordinal].Outcome, _jobs[part.Job].Items[result.Ordinal].Sha256) = (
                score.Score.Outcome,
                score.Sha256
            );
        return recorded;
    }

    public bool HasPending(JobPart part) =>
        _jobs[part.Job].Items.Values.Any(i => i.Instance.Hospital == part.Hospital && i.Outcome is null);

    public void Complete(JobPart part)
    {
        Job job = _jobs[part.Job];
        job.Parts[part.Hospital].State = JobState.Done;
        if (job.State == JobState.Running && job.Parts.Values.All(p => p.State != JobState.Running))
            job.State = JobState.Done;
    }

    public void Cancel(JobId id)
    {
        Job job = _jobs[id];
        if (job.State == JobState.Running)
            job.State = JobState.Cancelled;
        foreach (Part part in job.Parts.Values.Where(p => p.State == JobState.Running))
            (part.State, part.Epoch) = (JobState.Cancelled, part.Epoch + 1);
    }

    public int RetryFailed(JobId id)
    {
        Job job = _jobs[id];
        Item[] failed = [.. job.Items.Values.Where(i => i.Outcome == ImageOutcome.Failed)];
        foreach (Item item in failed)
        {
            (item.Outcome, item.Sha256) = (null, null);
            job.Parts[item.Instance.Hospital].State = job.State = JobState.Running;
        }
        if (failed.Length > 0)
            Settle(job);
        return failed.Length;
    }

    public JobProgress Progress(JobId id)
    {
        Job job = _jobs[id];
        return new JobProgress(
            id,
            model,
            job.State,
            [
                .. job
                    .Parts.OrderBy(p => p.Key)
                    .Select(p => new HospitalProgress(
                        p.Key,
                        p.Value.State,
                        Count(_ => true, p.Key),
                        Count(o => o == ImageOutcome.Scored, p.Key),
                        Count(o => o == ImageOutcome.Excluded, p.Key),
                        Count(o => o == ImageOutcome.Failed, p.Key)
                    )),
            ]
        );

        int Count(Func<ImageOutcome?, bool> counts, HospitalId hospital) =>
            job.Items.Values.Count(i => i.Instance.Hospital == hospital && counts(i.Outcome));
    }

    public IEnumerable<(long Ordinal, ScoredInstance Result)> Results(JobId id) =>
        from item in _jobs[id].Items
        where item.Value.Outcome is not null
        let score = _scores[(item.Value.Instance, item.Value.Sha256!)]
        select (item.Key, new ScoredInstance(_ledger[item.Value.Instance], score));

    public IEnumerable<ScoredInstance> Worklist() =>
        from score in _scores.Values
        let instance = _ledger[score.Instance]
        where instance.Sha256 == score.Sha256
        orderby score.Score.Probability ?? -1 descending, score.Instance
        select new ScoredInstance(instance, score);

    private void Settle(Job job)
    {
        foreach (Item item in job.Items.Values.Where(i => i.Outcome is null))
            if (
                _scores.TryGetValue((item.Instance, _ledger[item.Instance].Sha256), out ScoreRecord? score)
                && score.Score.Outcome != ImageOutcome.Failed
            )
                (item.Outcome, item.Sha256) = (score.Score.Outcome, score.Sha256);
    }

    private sealed class Job
    {
        public required JobState State { get; set; }
        public SortedDictionary<long, Item> Items { get; } = [];
        public Dictionary<HospitalId, Part> Parts { get; } = [];
    }

    private sealed class Part
    {
        public JobState State { get; set; } = JobState.Running;
        public long Epoch { get; set; }
    }

    private sealed class Item(InstanceId instance)
    {
        public InstanceId Instance => instance;
        public ImageOutcome? Outcome { get; set; }
        public string? Sha256 { get; set; }
    }
}
