using System.Diagnostics;
using System.Globalization;

namespace CxrCluster.Benchmarks.Similarity;

/// <summary>A Python process that holds a FAISS index of the same vectors and times searches when asked.</summary>
internal sealed class FaissPeer : IDisposable
{
    // Debian's interpreter: that is where python3-faiss puts its module
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private bool _there = true;

    public FaissPeer(string folder, int threads)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "faiss_flat.py");
        _process = Process.Start(
            new ProcessStartInfo(Python, [script, folder, $"{Vectors.Dimension}", $"{threads}"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>False when the module is not installed.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken) =>
        _there = await _process.StandardOutput.ReadLineAsync(cancellationToken) == "ready";

    /// <summary>Time and nearest ids of the first query; null when FAISS is not there.</summary>
    public async Task<(double Milliseconds, long[] Ids)?> TimeAsync(
        int first,
        int count,
        int k,
        CancellationToken cancellationToken
    )
    {
        if (!_there)
            return null;
        await _process.StandardInput.WriteLineAsync($"{first} {count} {k}".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        string answer =
            await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("FAISS ended on the way; its message stands above.");
        string[] parts = answer.Split(' ');
        return (
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            [.. parts[1..].Select(id => long.Parse(id, CultureInfo.InvariantCulture))]
        );
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
