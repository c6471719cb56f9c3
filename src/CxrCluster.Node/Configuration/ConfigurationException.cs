namespace CxrCluster.Node.Configuration;

/// <summary>The configuration is wrong; the message says what to change.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>With sentences that say what to change.</summary>
    public ConfigurationException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException) { }
}
