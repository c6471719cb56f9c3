using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an ELF shared library and marks its need of one symbol version as weak (VER_FLG_WEAK), when the host's libstdc++
/// does not define that version. Layout after "Symbol Versioning", Linux Standard Base 5.0, chapter 10.7.
/// </summary>
public sealed class RelaxSymbolVersion : Task
{
    private const uint ElfMagic = 0x464C457F;
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const byte FlagWeak = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string SymbolVersion { get; set; }

    /// <summary>"true" relaxes on every host: for an image that is built here and runs on an older one.</summary>
    public string Always { get; set; }

    /// <summary>True when the build is to use <see cref="Destination"/> instead of <see cref="Source"/>.</summary>
    [Output]
    public bool Relaxed { get; set; }

    public override bool Execute()
    {
        if (!string.Equals(Always, "true", StringComparison.OrdinalIgnoreCase) && HostDefinesVersion())
            return true;
        Relaxed = true;
        if (File.Exists(Destination))
            return true;
        byte[] library = File.ReadAllBytes(Source);
        if (library.Length < 64 || BitConverter.ToUInt32(library, 0) != ElfMagic || library[4] != 2 || library[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file: restore the NuGet packages again.", Source);
            return false;
        }
        int count = MarkWeak(library);
        WriteAtomically(library);
        Log.LogMessage(
            MessageImportance.High,
            "libstdc++ lacks {0}: {1} need(s) of it made weak in {2}",
            SymbolVersion,
            count,
            Destination
        );
        return true;
    }

    private bool HostDefinesVersion()
    {
        byte[] wanted = Encoding.ASCII.GetBytes("\0" + SymbolVersion + "\0");
        foreach (
            string folder in new[]
            {
                "/usr/lib/x86_64-linux-gnu",
                "/lib/x86_64-linux-gnu",
                "/usr/lib64",
                "/lib64",
                "/usr/lib",
                "/lib",
            }
        )
        {
            string path = Path.Combine(folder, "libstdc++.so.6");
            if (File.Exists(path))
                return IndexOf(File.ReadAllBytes(path), wanted) >= 0;
        }
        return true; // no libstdc++ where we looked: leave the package as it is
    }

    private static int IndexOf(byte[] haystack, byte[] needle)
    {
        for (int i = 0; i + needle.Length <= haystack.Length; i++)
        {
            int j = 0;
            while (j < needle.Length && haystack[i + j] == needle[j])
                j++;
            if (j == needle.Length)
                return i;
        }
        return -1;
    }

    private int MarkWeak(byte[] elf)
    {
        int marked = 0;
        long sections = BitConverter.ToInt64(elf, 0x28);
        int sectionSize = BitConverter.ToUInt16(elf, 0x3A);
        int sectionCount = BitConverter.ToUInt16(elf, 0x3C);
        for (int i = 0; i < sectionCount; i++)
        {
            int header = (int)sections + i * sectionSize;
            if (BitConverter.ToUInt32(elf, header + 4) != SectionTypeVersionNeeds)
                continue;
            int linked = BitConverter.ToInt32(elf, header + 40);
            int strings = (int)BitConverter.ToInt64(elf, (int)sections + linked * sectionSize + 24);
            int need = (int)BitConverter.ToInt64(elf, header + 24);
            for (int next = 1; next != 0; need += next)
            {
                int auxiliaries = BitConverter.ToUInt16(elf, need + 2);
                int auxiliary = need + BitConverter.ToInt32(elf, need + 8);
                next = BitConverter.ToInt32(elf, need + 12);
                for (int k = 0; k < auxiliaries; k++)
                {
                    if (ReadString(elf, strings + BitConverter.ToInt32(elf, auxiliary + 8)) == SymbolVersion)
                    {
                        elf[auxiliary + 4] |= FlagWeak;
                        marked++;
                    }
                    auxiliary += BitConverter.ToInt32(elf, auxiliary + 12);
                }
            }
        }
        return marked;
    }

    private static string ReadString(byte[] bytes, int start)
    {
        int end = Array.IndexOf(bytes, (byte)0, start);
        return Encoding.ASCII.GetString(bytes, start, end - start);
    }

    /// <summary>Several projects build at once and want the same copy: the first rename wins.</summary>
    private void WriteAtomically(byte[] library)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        string temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, library);
        try
        {
            File.Move(temporary, Destination);
        }
        catch (IOException) when (File.Exists(Destination))
        {
            File.Delete(temporary);
        }
    }
}
