namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>A pickle's stack of values, with marks in it.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    /// <summary>The value on top.</summary>
    public object? Top => _values.Count > Floor ? _values[^1] : throw Empty();

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    public void Push(object? value) => _values.Add(value);

    public void Mark() => _marks.Push(_values.Count);

    public object? Pop()
    {
        object? top = Top;
        _values.RemoveAt(_values.Count - 1);
        return top;
    }

    /// <summary>The top value, which must be of a type.</summary>
    public T Pop<T>() => Pop() is T value ? value : throw Wrong<T>();

    /// <summary>The value that stays on top, which must be of a type.</summary>
    public T Peek<T>() => Top is T value ? value : throw Wrong<T>();

    /// <summary>The values above the last mark, which goes with them.</summary>
    public object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
            throw Empty();
        object?[] values = [.. _values[mark..]];
        _values.RemoveRange(mark, values.Length);
        return values;
    }

    private static FormatException Empty() => new("its description takes a value where there is none");

    private static FormatException Wrong<T>() => new($"its description has no {typeof(T).Name} where one belongs");
}
