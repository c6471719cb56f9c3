using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>Changes as bytes: strings as UTF-8 with their length before them, numbers little-endian, vectors as float32.</summary>
internal static class RecordCodec
{
    private const byte PutMark = 1;
    private const byte RemoveMark = 2;

    public static byte[] Encode(IReadOnlyList<ShardChange> changes)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(changes.Count);
            foreach (ShardChange change in changes)
                Write(writer, change);
        }
        return bytes.ToArray();
    }

    /// <summary>How many changes the bytes say they hold.</summary>
    public static int Count(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(int)
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes)
            : throw new InvalidDataException("a record is empty");

    /// <exception cref="InvalidDataException">The bytes are no changes of vectors of that dimension.</exception>
    public static List<ShardChange> Decode(byte[] bytes, int dimension)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            int count = reader.ReadInt32();
            // each change has two bytes at least: a count beyond that is not believed, nor is memory taken for it
            if (count < 0 || count > bytes.Length / 2)
                throw new InvalidDataException($"{count} changes do not fit in {bytes.Length} bytes.");
            var changes = new List<ShardChange>(count);
            for (int i = 0; i < count; i++)
                changes.Add(Read(reader, dimension));
            return reader.BaseStream.Position == bytes.Length
                ? changes
                : throw new InvalidDataException("There are bytes after the last change.");
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static void Write(BinaryWriter writer, ShardChange change)
    {
        writer.Write(change.Entry is null ? RemoveMark : PutMark);
        writer.Write(change.Uid);
        if (change.Entry is not { } entry)
            return;
        ShardCase about = entry.Case;
        writer.Write(about.Content);
        WriteOptional(writer, about.PatientId);
        writer.Write(about.Name);
        writer.Write(about.Probability);
        writer.Write((sbyte)(about.Label ?? -1));
        WriteOptional(writer, about.View);
        writer.Write(about.TakenAt?.UtcTicks ?? -1);
        writer.Write(MemoryMarshal.AsBytes(entry.Vector.AsSpan()));
    }

    private static ShardChange Read(BinaryReader reader, int dimension)
    {
        byte mark = reader.ReadByte();
        string uid = reader.ReadString();
        if (mark == RemoveMark)
            return ShardChange.Remove(uid);
        if (mark != PutMark)
            throw new InvalidDataException($"{mark} is no kind of change.");
        var about = new ShardCase
        {
            Uid = uid,
            Content = reader.ReadUInt64(),
            PatientId = ReadOptional(reader),
            Name = reader.ReadString(),
            Probability = reader.ReadDouble(),
            Label = reader.ReadSByte() is var label and >= 0 ? label : null,
            View = ReadOptional(reader),
            TakenAt = reader.ReadInt64() is var ticks and >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        };
        return ShardChange.Put(new ShardEntry(about, ReadVector(reader, dimension)));
    }

    private static float[] ReadVector(BinaryReader reader, int dimension)
    {
        var vector = new float[dimension];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        return vector;
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
