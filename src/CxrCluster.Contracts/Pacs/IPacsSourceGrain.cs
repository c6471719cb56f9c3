using Orleans.Concurrency;

namespace CxrCluster.Contracts.Pacs;

/// <summary>
/// Looks after one hospital's PACS: sweeps it, fetches what it holds, has it scored. Key: the hospital. The ledger is the
/// truth; it goes on from there after a crash, on whatever node of role jobs.
/// </summary>
[Alias("pacs-source")]
public interface IPacsSourceGrain : IGrainWithStringKey
{
    /// <summary>Starts, or resumes after a crash; no effect while it runs. Returns at once.</summary>
    [Alias("ensure-running")]
    Task EnsureRunning();

    /// <summary>Something may be new: it is looked for soon. Hints may be lost; sweeps find the same later.</summary>
    [Alias("hint")]
    Task Hint(PacsHint hint);

    /// <summary>Ends what runs, so that it starts anew with changed settings.</summary>
    [Alias("restart")]
    Task Restart();

    /// <summary>Asks the PACS something.</summary>
    /// <returns>The sentence that says why it cannot be used; null when it can.</returns>
    [Alias("check"), AlwaysInterleave]
    Task<string?> Check();
}
