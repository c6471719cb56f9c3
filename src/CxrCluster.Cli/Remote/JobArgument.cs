using System.CommandLine;

namespace CxrCluster.Cli.Remote;

/// <summary>The argument that names a job.</summary>
internal static class JobArgument
{
    /// <summary>JOB.</summary>
    public static Argument<string> Create() => new("JOB") { Description = "Id of the job, from 'cxr job list'." };

    /// <summary>The path of a job's resource, below /api/v1/.</summary>
    public static string Path(string job) => $"jobs/{Uri.EscapeDataString(job)}";
}
