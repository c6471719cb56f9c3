using CxrCluster.Cli.Terminal;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Cli.Serving;

/// <summary>A node's configuration: a file, then the environment, then the command line; the later wins.</summary>
internal static class NodeConfiguration
{
    private const string Prefix = "CXR_";

    /// <summary>Reads it.</summary>
    /// <param name="file">JSON file, or null.</param>
    /// <param name="roles">Comma-separated roles, or null for those of file and environment.</param>
    /// <exception cref="CommandException">The file is not there or is no JSON.</exception>
    public static IConfiguration Read(string? file, string? roles)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            if (!File.Exists(file))
                throw CommandException.WrongUsage($"--config {file}: no such file. Check the path.");
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }
        builder.AddEnvironmentVariables(Prefix);
        if (roles is not null)
            builder.AddInMemoryCollection(Indexed("Node:Roles", roles.Split(',', StringSplitOptions.TrimEntries)));
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException exception)
        {
            throw new CommandException(
                ExitCodes.WrongUsage,
                $"--config {file} is not JSON ({exception.GetBaseException().Message.TrimEnd('.')}). Correct the file.",
                exception
            );
        }
    }

    private static Dictionary<string, string?> Indexed(string key, string[] values) =>
        values.Select((value, i) => (Key: $"{key}:{i}", Value: value)).ToDictionary(p => p.Key, p => (string?)p.Value);
}
