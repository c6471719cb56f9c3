namespace CxrCluster.Dicom.Web;

/// <summary>Says where a secret is, so that the secret itself is in no configuration and no database: "env:NAME" or
/// "file:PATH".</summary>
public static class SecretReference
{
    /// <summary>Null when the reference can be understood, or else a sentence.</summary>
    public static string? Problem(string reference) =>
        reference.Split(':', 2) is ["env" or "file", { Length: > 0 }]
            ? null
            : "A secret is given as env:NAME (an environment variable) or file:PATH (its first line), never as itself.";

    /// <summary>The secret.</summary>
    /// <exception cref="FormatException">The reference is malformed, or what it names is not there or empty; the message
    /// says which, and not the secret.</exception>
    public static string Read(string reference)
    {
        if (Problem(reference) is { } problem)
            throw new FormatException(problem);
        string[] parts = reference.Split(':', 2);
        string? secret;
        try
        {
            secret =
                parts[0] == "env"
                    ? Environment.GetEnvironmentVariable(parts[1])
                    : File.ReadLines(parts[1]).FirstOrDefault()?.TrimEnd('\r');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The secret {reference} cannot be read ({exception.Message}).", exception);
        }
        return string.IsNullOrEmpty(secret)
            ? throw new FormatException($"The secret {reference} is not set or empty: set it for the node's process.")
            : secret;
    }
}
