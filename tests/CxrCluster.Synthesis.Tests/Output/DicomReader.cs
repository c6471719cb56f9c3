using System.Buffers.Binary;
using System.Text;

namespace CxrCluster.Synthesis.Tests.Output;

/// <summary>A reader of explicit VR little endian without sequences inside: just enough to check what we write.</summary>
internal sealed class DicomReader
{
    private readonly Dictionary<uint, (string Vr, byte[] Value)> _elements = [];

    public DicomReader(byte[] file)
    {
        Assert.All(file[..128], padding => Assert.Equal(0, padding));
        Assert.Equal("DICM"u8.ToArray(), file[128..132]);
        var at = 132;
        while (at < file.Length)
        {
            var tag =
                ((uint)BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at)) << 16)
                | BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 2));
            var vr = Encoding.ASCII.GetString(file, at + 4, 2);
            var isLong = vr is "OB" or "OW" or "SQ";
            var length = isLong
                ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8))
                : BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 6));
            at += isLong ? 12 : 8;
            Assert.Equal(0, length % 2);
            Assert.True(_elements.Count == 0 || tag > _elements.Keys.Max(), $"{tag:x8} is out of order");
            _elements.Add(tag, (vr, file[at..(at + length)]));
            at += length;
        }

        Assert.Equal(file.Length, at);
    }

    public bool Has(uint tag) => _elements.ContainsKey(tag);

    public byte[] Bytes(uint tag) => _elements[tag].Value;

    public string Text(uint tag) => Encoding.ASCII.GetString(Bytes(tag)).TrimEnd(' ', '\0');

    public int Number(uint tag) =>
        _elements[tag].Vr switch
        {
            "US" => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(tag)),
            "SS" => BinaryPrimitives.ReadInt16LittleEndian(Bytes(tag)),
            "UL" => (int)BinaryPrimitives.ReadUInt32LittleEndian(Bytes(tag)),
            _ => int.Parse(Text(tag)),
        };

    public ushort[] Pixels() =>
        [.. Bytes(0x7fe0_0010).Chunk(2).Select(pair => BinaryPrimitives.ReadUInt16LittleEndian(pair))];
}
