using CxrCluster.Cli.Terminal;
using CxrCluster.Synthesis;

namespace CxrCluster.Cli.Cohorts;

/// <summary>Writes a synthetic cohort and shows how far it is.</summary>
internal static class CohortWriting
{
    /// <summary>Writes the cohort into the folder.</summary>
    public static async Task<CohortSummary> WriteAsync(
        CliTerminal terminal,
        string folder,
        SynthesisOptions options,
        CancellationToken cancellationToken
    )
    {
        using ProgressBoard board = terminal.StartProgress();
        ProgressBar bar = board.Add("drawing chest phantoms", 0);
        var progress = new Reporter<(int Done, int Total)>(p => bar.Report(p.Done, newTotal: p.Total));
        return await new CohortSynthesizer(options).WriteAsync(folder, progress, cancellationToken);
    }
}
