using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;

namespace CxrCluster.Cli.Scoring;

/// <summary>A bar per hospital of a job; one for all where there are many hospitals.</summary>
internal sealed class JobBars(ProgressBoard board)
{
    private const int MostBars = 8;

    private readonly Dictionary<string, ProgressBar> _bars = new(StringComparer.Ordinal);

    /// <summary>Shows the job's progress; nothing when there is none.</summary>
    public void Show(JobProgress? progress)
    {
        if (progress is null)
            return;
        if (progress.Hospitals.Count > MostBars)
        {
            int excluded = progress.Hospitals.Sum(h => h.Excluded);
            Report("scoring", progress.Finished, progress.Total, excluded, progress.Hospitals.Sum(h => h.Failed));
            return;
        }
        foreach (HospitalProgress part in progress.Hospitals)
            Report(
                $"scoring {part.Hospital}",
                part.Scored + part.Excluded + part.Failed,
                part.Total,
                part.Excluded,
                part.Failed,
                part.Pacs
            );
    }

    private void Report(string title, int done, int total, int excluded, int failed, PacsProgress? pacs = null)
    {
        if (!_bars.TryGetValue(title, out ProgressBar? bar))
            _bars[title] = bar = board.Add(title, total);
        double seconds = bar.Elapsed.TotalSeconds;
        string[] notes =
        [
            .. pacs is not null ? [$"{pacs.Fetched} of {pacs.Seen} fetched"] : Array.Empty<string>(),
            .. pacs is not null && seconds > 0 ? [$"{done / seconds:0.0}/s"] : Array.Empty<string>(),
            .. excluded > 0 ? [$"{excluded} excluded"] : Array.Empty<string>(),
            .. failed > 0 ? [$"{failed} failed"] : Array.Empty<string>(),
        ];
        bar.Report(done, string.Join(", ", notes), total);
    }
}
