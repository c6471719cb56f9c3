using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>Keeps a copy of a network's weights and statistics, to go back to.</summary>
/// <param name="network">Its parameters must stay the same objects.</param>
internal sealed class NetworkSnapshot(nn.Module network) : IDisposable
{
    private readonly Dictionary<string, Tensor> _copies = new(StringComparer.Ordinal);

    /// <summary>The copies by the names of the network's state; empty when none was taken.</summary>
    public IReadOnlyDictionary<string, Tensor> Copies => _copies;

    /// <summary>Copies the present state, over an earlier copy.</summary>
    public void Take()
    {
        using var noGradient = no_grad();
        foreach (var (name, value) in network.state_dict())
        {
            if (_copies.TryGetValue(name, out var copy))
            {
                copy.copy_(value);
            }
            else
            {
                _copies.Add(name, value.detach().clone().DetachFromDisposeScope());
            }
        }
    }

    /// <summary>Puts the copied state back; does nothing when none was taken.</summary>
    public void Restore()
    {
        using var noGradient = no_grad();
        var state = network.state_dict();
        foreach (var (name, copy) in _copies)
        {
            state[name].copy_(copy);
        }
    }

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
        {
            copy.Dispose();
        }
    }
}
