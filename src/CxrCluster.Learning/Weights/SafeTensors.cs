using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights;

/// <summary>Reads and writes the safetensors format: named tensors behind a JSON header, nothing in it can run.</summary>
public static class SafeTensors
{
    /// <summary>All tensors of a file, on the CPU, owned by the caller (registered in its current dispose scope).</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged or hostile.</exception>
    public static Dictionary<string, Tensor> Read(string path) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <summary>The file's metadata; empty when it has none.</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged or hostile.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Writes the tensors (any device and strides) in order of name; the file appears whole or not at all.</summary>
    public static void Write(
        string path,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null
    ) => throw new NotSupportedException("Comes with the next landing.");
}
