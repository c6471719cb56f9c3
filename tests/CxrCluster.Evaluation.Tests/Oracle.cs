using System.Diagnostics;
using System.Text.Json;

namespace CxrCluster.Evaluation.Tests;

/// <summary>Asks scikit-learn itself, where Debian's python3-sklearn is installed.</summary>
internal static class Oracle
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Skips the test where there is no scikit-learn.</summary>
    public static async Task<EvaluationFixture.Answer> AskAsync(
        EvaluationFixture.Question question,
        CancellationToken cancellationToken
    )
    {
        Assert.SkipUnless(
            File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/sklearn"),
            "scikit-learn absent: apt-get install python3-sklearn to compare with it live"
        );
        string script = Path.Combine(AppContext.BaseDirectory, "Fixtures", "make_evaluation.py");
        using var python = Process.Start(
            new ProcessStartInfo(Python, [script, "--ask"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        await python.StandardInput.WriteAsync(
            JsonSerializer.Serialize(question, JsonSerializerOptions.Web).AsMemory(),
            cancellationToken
        );
        python.StandardInput.Close();
        string answer = await python.StandardOutput.ReadToEndAsync(cancellationToken);
        await python.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, python.ExitCode);
        return JsonSerializer.Deserialize<EvaluationFixture.Answer>(answer, JsonSerializerOptions.Web)!;
    }
}
