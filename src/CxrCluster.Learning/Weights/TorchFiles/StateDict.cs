namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>Finds the weights in what was saved: a dictionary of tensors, or one with such a dictionary in it.</summary>
internal static class StateDict
{
    private const int MaxTensors = 20_000;
    private const int MaxWrappers = 4;
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model"];

    /// <summary>Tensors by name.</summary>
    /// <exception cref="FormatException">There is no dictionary of tensors; the message is a clause.</exception>
    public static Dictionary<string, TorchTensor> Find(object? root)
    {
        for (int depth = 0; depth < MaxWrappers && root is Dictionary<object, object?> wrapper; depth++)
        {
            object? inner = Array.ConvertAll(Wrappers, wrapper.GetValueOrDefault).FirstOrDefault(IsDictionary);
            if (inner is null)
                break;
            root = inner;
        }
        if (root is not Dictionary<object, object?> state || state.Count == 0)
            throw new FormatException("it does not hold weights by name");
        if (state.Count > MaxTensors)
            throw new FormatException($"it holds {state.Count} tensors, more than {MaxTensors}");
        return state.ToDictionary(item => Name(item.Key), item => Tensor(item.Key, item.Value), StringComparer.Ordinal);
    }

    private static bool IsDictionary(object? value) => value is Dictionary<object, object?>;

    private static string Name(object key) =>
        key as string ?? throw new FormatException($"it names a tensor {key}, which is no text");

    private static TorchTensor Tensor(object key, object? value) =>
        value as TorchTensor ?? throw new FormatException($"'{key}' in it is no tensor");
}
