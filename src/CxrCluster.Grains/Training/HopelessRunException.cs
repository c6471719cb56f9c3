namespace CxrCluster.Grains.Training;

/// <summary>A run that no other attempt will bring further: a class is missing from its split, its loss is no number.</summary>
public sealed class HopelessRunException : Exception
{
    /// <summary>With a sentence that names the cause and the remedy.</summary>
    public HopelessRunException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public HopelessRunException(string message, Exception innerException)
        : base(message, innerException) { }
}
