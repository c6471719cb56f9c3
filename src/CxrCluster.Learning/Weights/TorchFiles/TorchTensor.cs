using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>A tensor as a file describes it: a view of a storage, checked to lie within it.</summary>
internal sealed class TorchTensor
{
    /// <summary>Most dimensions of a tensor.</summary>
    public const int MaxRank = 8;

    private readonly long _offset;
    private readonly long[] _shape;
    private readonly long[] _strides;

    /// <exception cref="FormatException">The view leaves its storage, or has more elements than it.</exception>
    public TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        (Storage, _offset, _shape, _strides) = (storage, offset, shape, strides);
        if (shape.Length > MaxRank || shape.Length != strides.Length || !Fits())
            throw new FormatException(
                $"a tensor of shape [{string.Join(", ", shape.Take(MaxRank))}], strides "
                    + $"[{string.Join(", ", strides.Take(MaxRank))}] and offset {offset} does not lie within its storage of "
                    + $"{storage.Count} numbers"
            );
    }

    /// <summary>What it looks at.</summary>
    public TorchStorage Storage { get; }

    /// <summary>The tensor, which shares the memory of <paramref name="numbers" />, its storage's.</summary>
    public Tensor Of(Tensor numbers) => numbers.as_strided(_shape, _strides, _offset);

    private bool Fits()
    {
        if (_offset < 0 || _shape.Any(n => n < 0) || _strides.Any(n => n < 0))
            return false;
        try
        {
            long elements = _shape.Aggregate(1L, (product, n) => checked(product * n));
            long last = _shape.Zip(_strides).Aggregate(_offset, (at, d) => checked(at + (d.First - 1) * d.Second));
            return elements == 0 ? _offset <= Storage.Count : elements <= Storage.Count && last < Storage.Count;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
