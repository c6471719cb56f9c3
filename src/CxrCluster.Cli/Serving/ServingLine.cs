namespace CxrCluster.Cli.Serving;

/// <summary>What `cxr serve --json` says when the node listens. Link and token are null without the role gateway.</summary>
internal sealed record ServingLine(string Url, string? SignIn, string? Token);
