using System.Runtime.InteropServices;

namespace CxrCluster.Dicom.Decoder.Confinement;

/// <summary>
/// A seccomp filter on every thread of this process: no sockets, no programs, no other processes, no file opened for writing,
/// made, renamed or removed. Such calls fail with EPERM. It needs no privilege; Linux on x86-64 has it.
/// </summary>
internal static unsafe class SystemCallFilter
{
    private const int NoNewPrivileges = 38;
    private const int Seccomp = 317;
    private const int SetFilter = 1;
    private const int OnAllThreads = 1;

    private const uint ArchitectureX64 = 0xC000003E;
    private const uint FirstX32Call = 0x40000000;
    private const uint Allow = 0x7fff0000;
    private const uint FailWithNotPermitted = 0x00050001;
    private const uint KillProcess = 0x80000000;

    // BPF: load a word, jump if equal / greater or equal / any bit set, return.
    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpAtLeast = 0x35;
    private const ushort JumpAnyBit = 0x45;
    private const ushort Return = 0x06;

    // Offsets in struct seccomp_data.
    private const uint CallNumber = 0;
    private const uint Architecture = 4;
    private const uint Argument0 = 16;
    private const uint Argument1 = 24;
    private const uint Argument2 = 32;

    private const uint Open = 2;
    private const uint OpenAt = 257;
    private const uint ProcessLimit = 302;

    // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC.
    private const uint WritingFlags = 0x1 | 0x2 | 0x40 | 0x200;

    /// <summary>Calls that always fail.</summary>
    private static ReadOnlySpan<uint> Forbidden =>
        [
            // sockets: socket, connect, accept, sendto, bind, listen, socketpair, accept4; io_uring would go round the filter
            41,
            42,
            43,
            44,
            49,
            50,
            53,
            288,
            425,
            // programs and processes: fork, vfork, execve, kill, ptrace, tkill, process_vm_readv/writev, execveat, pidfds
            57,
            58,
            59,
            62,
            101,
            200,
            310,
            311,
            322,
            424,
            434,
            438,
            // files: truncate, rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown, mknod
            76,
            82,
            83,
            84,
            85,
            86,
            87,
            88,
            90,
            91,
            92,
            93,
            94,
            133,
            // ... and their "at" forms; openat2
            258,
            259,
            260,
            263,
            264,
            265,
            266,
            268,
            316,
            437,
            // the machine: mount, unshare, setns, bpf, name_to_handle_at, open_by_handle_at
            165,
            272,
            308,
            321,
            303,
            304,
        ];

    /// <summary>Whether the filter is in force from here on.</summary>
    public static bool TryApply()
    {
        if (
            !OperatingSystem.IsLinux()
            || RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64
        )
        {
            return false;
        }

        if (LibC.ProcessControl(NoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return false;
        }

        var filter = Build();
        fixed (Instruction* instructions = filter)
        {
            var program = new FilterProgram((ushort)filter.Length, instructions);
            return LibC.SystemCall(Seccomp, SetFilter, OnAllThreads, &program) == 0;
        }
    }

    private static Instruction[] Build()
    {
        var filter = new List<Instruction>
        {
            new(Load, 0, 0, SystemCallFilter.Architecture),
            new(JumpEqual, 1, 0, ArchitectureX64),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, CallNumber),
            new(JumpAtLeast, 0, 1, FirstX32Call),
            new(Return, 0, 0, FailWithNotPermitted),
        };
        foreach (var call in Forbidden)
        {
            filter.Add(new(JumpEqual, 0, 1, call));
            filter.Add(new(Return, 0, 0, FailWithNotPermitted));
        }

        ForbidFlags(filter, Open, Argument1, WritingFlags);
        ForbidFlags(filter, OpenAt, Argument2, WritingFlags);
        ForbidFlags(filter, ProcessLimit, Argument0, uint.MaxValue); // another process than this one
        filter.Add(new(Return, 0, 0, Allow));
        return [.. filter];
    }

    /// <summary>The call fails when its argument has any of the bits.</summary>
    private static void ForbidFlags(List<Instruction> filter, uint call, uint argument, uint bits)
    {
        filter.Add(new(JumpEqual, 0, 4, call));
        filter.Add(new(Load, 0, 0, argument));
        filter.Add(new(JumpAnyBit, 0, 1, bits));
        filter.Add(new(Return, 0, 0, FailWithNotPermitted));
        filter.Add(new(Return, 0, 0, Allow));
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FilterProgram(ushort length, Instruction* instructions)
    {
        private readonly ushort _length = length;
        private readonly Instruction* _instructions = instructions;
    }
}
