using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Tests;

/// <summary>Runs command lines in this process.</summary>
internal static class Cxr
{
    /// <summary>Runs one to its end.</summary>
    public static Task<CliResult> RunAsync(params string[] args) => RunAsync([], args);

    /// <summary>Runs one with environment variables.</summary>
    public static async Task<CliResult> RunAsync(Dictionary<string, string> variables, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await RunAsync(output, error, variables, TestContext.Current.CancellationToken, args);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs one with writers and a Ctrl-C of the test's own.</summary>
    public static Task<int> RunAsync(
        TextWriter output,
        TextWriter error,
        Dictionary<string, string> variables,
        CancellationToken cancellationToken,
        params string[] args
    ) =>
        CxrCli.RunAsync(
            args,
            output,
            error,
            TerminalTraits.Redirected,
            variables.GetValueOrDefault,
            TimeProvider.System,
            cancellationToken
        );
}
