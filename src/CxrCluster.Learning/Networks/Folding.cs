using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Turns a trained network into one that only infers, faster.</summary>
internal static class Folding
{
    /// <summary>Folds every batch normalisation into the convolution before it; the module must be in evaluation mode.</summary>
    public static void FoldNorms(nn.Module module)
    {
        foreach (IFoldable foldable in AllOf<IFoldable>(module))
        foreach (ConvNorm pair in foldable.ConvNorms)
            pair.Fold();
    }

    /// <summary>Sets the type that the folded convolutions of a module compute in.</summary>
    public static void SetPrecision(nn.Module module, ScalarType type)
    {
        using IDisposable noGrad = no_grad();
        foreach (Convolution convolution in AllOf<Convolution>(module))
        {
            convolution.Weight = new Parameter(convolution.Weight.to(type), requires_grad: false);
            if (convolution.Bias is { } bias)
                convolution.Bias = new Parameter(bias.to(type), requires_grad: false);
        }
    }

    /// <summary>The module itself, which the library's modules() leaves out, and everything in it.</summary>
    private static IEnumerable<T> AllOf<T>(nn.Module module) => module.modules().Prepend(module).OfType<T>();
}
