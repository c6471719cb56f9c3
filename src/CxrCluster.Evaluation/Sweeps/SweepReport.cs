namespace CxrCluster.Evaluation.Sweeps;

/// <summary>Writes sweep.json and a self-contained report.html. Equal input gives equal bytes.</summary>
public static class SweepReport
{
    /// <summary>Creates the folder if need be and replaces both files.</summary>
    /// <param name="summary">What <see cref="SweepAnalysis.Compute"/> made of the input.</param>
    public static async Task WriteAsync(
        string folder,
        SweepInput input,
        SweepSummary summary,
        CancellationToken cancellationToken
    )
    {
        string html = SweepPage.Render(input, summary);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "sweep.json"),
            SweepFile.Write(input, summary),
            cancellationToken
        );
        // Last, so that a report that exists is whole.
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), html, cancellationToken);
    }
}
