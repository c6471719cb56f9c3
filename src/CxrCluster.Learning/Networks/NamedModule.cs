using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>A module whose parts have exactly the names that it registers them under.</summary>
public abstract class NamedModule<TResult> : nn.Module<Tensor, TResult>
{
    private protected NamedModule(string name)
        : base(name) { }

    /// <summary>
    /// Nothing: the library would register every field of a module type once more, under the field's name, and each of
    /// its weights would be saved twice.
    /// </summary>
    protected sealed override void RegisterComponents() { }

    /// <summary>Registers a part and returns it.</summary>
    internal T Register<T>(string name, T part)
        where T : nn.Module
    {
        register_module(name, part);
        return part;
    }
}
