using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Gateway.Jobs;
using Spectre.Console;

namespace CxrCluster.Cli.Remote;

/// <summary>Shows jobs.</summary>
internal static class JobTable
{
    /// <summary>A line per job.</summary>
    public static void WriteList(CliTerminal terminal, IReadOnlyList<JobView> jobs)
    {
        Table table = CliTable.WithColumns("job", "state", "images", "scored", "excluded", "failed", "model");
        foreach (JobView job in jobs)
            table.AddTextRow(
                job.Id.Value,
                Lower(job.State),
                $"{job.Total}",
                $"{job.Scored}",
                $"{job.Excluded}",
                $"{job.Failed}",
                job.Model.ToString()
            );
        terminal.ResultTable(table);
    }

    /// <summary>One job, a line per hospital.</summary>
    public static void Write(CliTerminal terminal, JobView job)
    {
        terminal.Result($"Job {job.Id}, {Lower(job.State)}: {job.Finished} of {job.Total} images with {job.Model}");
        bool pacs = job.Hospitals.Any(h => h.Pacs is not null);
        Table table = CliTable.WithColumns([
            "hospital",
            "state",
            "images",
            .. pacs ? ["seen", "fetched"] : Array.Empty<string>(),
            "scored",
            "excluded",
            "failed",
        ]);
        foreach (HospitalProgress part in job.Hospitals)
            table.AddTextRow([
                part.Hospital.Value,
                Lower(part.State),
                $"{part.Total}",
                .. pacs ? [$"{part.Pacs?.Seen}", $"{part.Pacs?.Fetched}"] : Array.Empty<string>(),
                $"{part.Scored}",
                $"{part.Excluded}",
                $"{part.Failed}",
            ]);
        terminal.ResultTable(table);
    }

    private static string Lower(JobState state) => state.ToString().ToLowerInvariant();
}
