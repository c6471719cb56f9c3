using System.CommandLine;
using CxrCluster.Cli.Commands;

namespace CxrCluster.Cli.Terminal;

/// <summary>Where a cluster in this process keeps everything.</summary>
internal static class DataFolder
{
    private const string Variable = "CXR_DATA";
    private const string Usual = "cxr-data";

    /// <summary>The option --data.</summary>
    public static Option<string?> Option() =>
        Take.Text(
            "--data",
            "DIR",
            $"Folder that keeps images, scores and embeddings between runs; {Variable} or ./{Usual} by default."
        );

    /// <summary>The folder given, or that of the environment, or the usual one.</summary>
    public static string Of(CliContext context, string? given) => given ?? context.Variable(Variable) ?? Usual;
}
