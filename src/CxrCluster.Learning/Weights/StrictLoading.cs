using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights;

/// <summary>Loads weights by name, all or nothing.</summary>
public static class StrictLoading
{
    private const int Listed = 8;

    /// <summary>Copies every tensor into the parameter or buffer of the same name, converting its number type.</summary>
    /// <param name="module">On any device.</param>
    /// <param name="tensors">By name, for instance from <see cref="SafeTensors.Read" />.</param>
    /// <param name="source">What the message calls the tensors: a file's path.</param>
    /// <exception cref="InvalidWeightsException">Names or shapes differ; lists the differences; nothing was copied.</exception>
    public static void Load(
        nn.Module module,
        IReadOnlyDictionary<string, Tensor> tensors,
        string source = "The file"
    ) => Load(module.state_dict(), module.GetName(), tensors, source);

    /// <summary>As the other, into a part of a network's state.</summary>
    internal static void Load(
        IReadOnlyDictionary<string, Tensor> state,
        string network,
        IReadOnlyDictionary<string, Tensor> tensors,
        string source
    )
    {
        string[] differences =
        [
            .. List("missing", state.Keys.Except(tensors.Keys)),
            .. List("unexpected", tensors.Keys.Except(state.Keys)),
            .. List(
                "of another shape",
                state
                    .Where(own =>
                        tensors.TryGetValue(own.Key, out Tensor? given) && !own.Value.shape.SequenceEqual(given.shape)
                    )
                    .Select(own => $"{own.Key} {Shape(tensors[own.Key])} instead of {Shape(own.Value)}")
            ),
        ];
        if (differences.Length > 0)
            throw new InvalidWeightsException(
                $"{source} does not fit the network {network}: {string.Join("; ", differences)}. "
                    + "Use the weights of the same architecture and sizes."
            );
        using IDisposable noGrad = no_grad();
        foreach ((string name, Tensor own) in state)
            own.copy_(tensors[name]);
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static IEnumerable<string> List(string what, IEnumerable<string> items)
    {
        string[] sorted = [.. items.Order(StringComparer.Ordinal)];
        if (sorted.Length == 0)
            yield break;
        string more = sorted.Length > Listed ? $" and {sorted.Length - Listed} more" : "";
        yield return $"{what}: {string.Join(", ", sorted.Take(Listed))}{more}";
    }
}
