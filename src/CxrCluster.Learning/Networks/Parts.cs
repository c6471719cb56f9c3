using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Registers the parts of a module under the names that its weights files use.</summary>
internal static class Parts
{
    public static T Register<T>(this nn.Module owner, string name, T part)
        where T : nn.Module
    {
        owner.register_module(name, part);
        return part;
    }
}
