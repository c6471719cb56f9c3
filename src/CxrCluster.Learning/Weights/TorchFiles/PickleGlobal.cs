namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>A name that a pickle may refer to. All others are refused, whatever would be done with them.</summary>
/// <param name="Module">Python's module.</param>
/// <param name="Name">In it.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public static readonly PickleGlobal OrderedDict = new("collections", "OrderedDict");
    public static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor");
    public static readonly PickleGlobal RebuildTensorV2 = new("torch._utils", "_rebuild_tensor_v2");
    public static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");
    public static readonly PickleGlobal Parameter = new("torch.nn.parameter", "Parameter");
    public static readonly PickleGlobal Size = new("torch", "Size");

    private static readonly HashSet<PickleGlobal> Known =
    [
        OrderedDict,
        RebuildTensor,
        RebuildTensorV2,
        RebuildParameter,
        Parameter,
        Size,
    ];

    /// <summary>Whether it names a class of storages.</summary>
    public bool IsStorageType => Module == "torch" && TorchStorage.IsType(Name);

    /// <exception cref="FormatException">The name is not one of those that weights need.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        PickleGlobal global = new(module, name);
        return Known.Contains(global) || global.IsStorageType
            ? global
            : throw new FormatException(
                $"it asks for {module}.{name}, which weights do not need; nothing of it was run"
            );
    }
}
