using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Remote;

/// <summary>Options of the commands that talk to a running cluster.</summary>
internal sealed class ClusterOptionSet
{
    private const string UrlVariable = "CXR_URL";
    private const string TokenVariable = "CXR_TOKEN";
    private const string UsualUrl = "http://127.0.0.1:8080";

    private readonly Option<string?> _url = Take.Text(
        "--url",
        "URL",
        $"Address of the cluster; {UrlVariable} or {UsualUrl} by default. Its token is taken from {TokenVariable}."
    );

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command) => command.Add(_url);

    /// <summary>A client of the cluster that the options name.</summary>
    /// <exception cref="CommandException">The address is none, or there is no token.</exception>
    public ClusterClient Connect(CliContext context, ParseResult parsed)
    {
        string url = parsed.GetValue(_url) ?? context.Variable(UrlVariable) ?? UsualUrl;
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        )
            throw CommandException.WrongUsage($"'{url}' is not an address: write for example {UsualUrl}.");
        if (context.Variable(TokenVariable) is not { Length: > 0 } token)
            throw CommandException.WrongUsage(
                $"There is no token for {url}: set {TokenVariable} to the one that 'cxr serve' printed."
            );
        return new ClusterClient(address, token);
    }
}
