namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>
/// Reads the part of Python's pickle format, protocol 2, that dictionaries of tensors need. Opcodes and names are closed
/// lists: nothing is imported, constructed or called but what stands here. Values are long, double, bool, string, null,
/// object?[] (a tuple), List, Dictionary, <see cref="TorchTensor" />, <see cref="TorchStorage" />, <see cref="PickleGlobal" />.
/// Nothing walks into nested values, so values that contain themselves do no harm.
/// Format: Python's Lib/pickletools.py.
/// </summary>
internal sealed class PickleReader
{
    // what a pickle may make out of values it has already, which costs it no bytes
    private const int MaxCopied = 1 << 20;

    private readonly PickleInput _input;
    private readonly Dictionary<string, TorchStorage> _storages;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<int, object?> _memo = [];
    private int _copied;

    private PickleReader(Stream stream, Dictionary<string, TorchStorage> storages) =>
        (_input, _storages) = (new PickleInput(stream), storages);

    /// <summary>The value of the pickle at the stream's position, which ends behind it.</summary>
    /// <param name="stream">Read byte by byte: let it have a buffer.</param>
    /// <param name="storages">Filled with the storages the pickle refers to, by key.</param>
    /// <exception cref="FormatException">The pickle is damaged, hostile or not one of weights; the message is a clause.</exception>
    public static object? Read(Stream stream, Dictionary<string, TorchStorage> storages)
    {
        PickleReader reader = new(stream, storages);
        if (reader._input.Byte() != 0x80 || reader._input.Byte() != 2)
            throw new FormatException("its description is not in pickle protocol 2");
        while (reader._input.Byte() is var opcode && opcode != '.')
            reader.Run(opcode);
        return reader._stack.Pop();
    }

    private void Run(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'N':
                _stack.Push(null);
                break;
            case '\x88':
                _stack.Push(true);
                break;
            case '\x89':
                _stack.Push(false);
                break;
            case 'J':
                _stack.Push((long)_input.Int32());
                break;
            case 'K':
                _stack.Push((long)_input.Byte());
                break;
            case 'M':
                _stack.Push((long)_input.UInt16());
                break;
            case '\x8a':
                _stack.Push(_input.Long(_input.Byte()));
                break;
            case 'G':
                _stack.Push(_input.Double());
                break;
            case 'X' or 'T': // T and U are texts of Python 2
                _stack.Push(_input.Text(_input.Int32()));
                break;
            case 'U':
                _stack.Push(_input.Text(_input.Byte()));
                break;
            case 'c':
                _stack.Push(PickleGlobal.Find(_input.Line(), _input.Line()));
                break;
            case 'q':
                _memo[_input.Byte()] = _stack.Top;
                break;
            case 'r':
                _memo[_input.Int32()] = _stack.Top;
                break;
            case 'h':
                _stack.Push(Recall(_input.Byte()));
                break;
            case 'j':
                _stack.Push(Recall(_input.Int32()));
                break;
            default:
                RunOnCollections((char)opcode);
                break;
        }
    }

    private void RunOnCollections(char opcode)
    {
        switch (opcode)
        {
            case '(':
                _stack.Mark();
                break;
            case ')':
                _stack.Push(Array.Empty<object?>());
                break;
            case '\x85':
                _stack.Push(new[] { _stack.Pop() });
                break;
            case '\x86':
                (object? second, object? first) = (_stack.Pop(), _stack.Pop());
                _stack.Push(new[] { first, second });
                break;
            case '\x87':
                (object? c, object? b, object? a) = (_stack.Pop(), _stack.Pop(), _stack.Pop());
                _stack.Push(new[] { a, b, c });
                break;
            case 't':
                _stack.Push(_stack.PopToMark());
                break;
            case ']':
                _stack.Push(new List<object?>());
                break;
            case 'a':
                object? item = _stack.Pop();
                _stack.Peek<List<object?>>().Add(item);
                break;
            case 'e':
                object?[] items = _stack.PopToMark();
                _stack.Peek<List<object?>>().AddRange(items);
                break;
            case '}':
                _stack.Push(new Dictionary<object, object?>());
                break;
            case 's':
                (object? value, object? key) = (_stack.Pop(), _stack.Pop());
                Set(_stack.Peek<Dictionary<object, object?>>(), key, value);
                break;
            case 'u':
                object?[] pairs = _stack.PopToMark();
                Dictionary<object, object?> filled = _stack.Peek<Dictionary<object, object?>>();
                if (pairs.Length % 2 != 0)
                    throw new FormatException("a dictionary in it has a key without a value");
                for (int i = 0; i < pairs.Length; i += 2)
                    Set(filled, pairs[i], pairs[i + 1]);
                break;
            default:
                RunOnObjects(opcode);
                break;
        }
    }

    private void RunOnObjects(char opcode)
    {
        switch (opcode)
        {
            case 'Q':
                _stack.Push(Refer(_stack.Pop<object?[]>()));
                break;
            case 'R':
                object?[] arguments = _stack.Pop<object?[]>();
                _stack.Push(Call(_stack.Pop<PickleGlobal>(), arguments));
                break;
            case '\x81':
                object?[] made = _stack.Pop<object?[]>();
                _stack.Push(
                    _stack.Pop<PickleGlobal>() == PickleGlobal.Parameter && made is [TorchTensor parameter, ..]
                        ? parameter
                        : throw new FormatException("it makes an object that is no parameter")
                );
                break;
            case 'b': // attributes of a dictionary (its _metadata) or a parameter: not wanted
                _stack.Pop();
                if (_stack.Top is not (Dictionary<object, object?> or TorchTensor))
                    throw new FormatException("it sets the state of an object that weights do not need");
                break;
            default:
                throw new FormatException(
                    $"its description has the opcode 0x{(int)opcode:x2}, which weights do not need"
                );
        }
    }

    private object? Recall(int index) =>
        _memo.TryGetValue(index, out object? value)
            ? value
            : throw new FormatException($"its description recalls the value {index}, which it has not named");

    private static void Set(Dictionary<object, object?> dictionary, object? key, object? value)
    {
        if (key is not (string or long))
            throw new FormatException("a dictionary in it has a key that is neither text nor number");
        dictionary[key] = value;
    }

    private TorchStorage Refer(object?[] id)
    {
        if (
            id
            is not (
                ["storage", PickleGlobal { IsStorageType: true }, string, string, long]
                or ["storage", PickleGlobal { IsStorageType: true }, string, string, long, null]
            )
        )
            throw new FormatException("it refers to something outside that is no storage of numbers");
        TorchStorage storage = TorchStorage.Create(((PickleGlobal)id[1]!).Name, (string)id[2]!, (long)id[4]!);
        if (_storages.TryAdd(storage.Key, storage) || _storages[storage.Key] == storage)
            return _storages[storage.Key];
        throw new FormatException($"it describes the storage '{storage.Key}' in two ways");
    }

    private object Call(PickleGlobal function, object?[] arguments)
    {
        if (function == PickleGlobal.OrderedDict && arguments is [])
            return new Dictionary<object, object?>();
        if (function == PickleGlobal.OrderedDict && arguments is [List<object?> pairs]) // of Python 2
            return FromPairs(pairs);
        if (function == PickleGlobal.Size && arguments is [object?[] size])
            return size;
        if (function == PickleGlobal.RebuildParameter && arguments is [TorchTensor parameter, ..])
            return parameter;
        if (
            (function == PickleGlobal.RebuildTensor || function == PickleGlobal.RebuildTensorV2)
            && arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
        )
            return new TorchTensor(storage, offset, Numbers(shape), Numbers(strides));
        throw new FormatException(
            $"it calls {function.Module}.{function.Name} with arguments that weights do not have"
        );
    }

    private Dictionary<object, object?> FromPairs(List<object?> pairs)
    {
        _copied += pairs.Count;
        if (_copied > MaxCopied)
            throw new FormatException($"it makes dictionaries of more than {MaxCopied} values");
        Dictionary<object, object?> dictionary = [];
        foreach (object? pair in pairs)
            if (pair is List<object?> { Count: 2 } list)
                Set(dictionary, list[0], list[1]);
            else
                throw new FormatException("it makes a dictionary of something that is no list of pairs");
        return dictionary;
    }

    /// <summary>A shape or strides; the first few are enough to see that there are too many.</summary>
    private static long[] Numbers(object?[] tuple) =>
        [
            .. tuple
                .Take(TorchTensor.MaxRank + 1)
                .Select(n =>
                    n is long number
                        ? number
                        : throw new FormatException("a tensor's shape has a part that is no number")
                ),
        ];
}
