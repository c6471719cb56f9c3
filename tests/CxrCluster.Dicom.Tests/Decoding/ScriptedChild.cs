using System.Diagnostics;
using CxrCluster.Dicom.Decoder.Protocol;

namespace CxrCluster.Dicom.Tests.Decoding;

/// <summary>Children made of a shell script: ready at once, then whatever a decoder might do wrong.</summary>
internal sealed class ScriptedChild : IDisposable
{
    private readonly string _ready = Path.GetTempFileName();

    public ScriptedChild()
    {
        using var file = File.Create(_ready);
        DecoderChannel.WriteReply(file, new DecoderReply(DecoderStatus.Ready, "a script"));
    }

    /// <summary>How often a child was started.</summary>
    public int Starts { get; private set; }

    /// <summary>A child that says it is ready and then runs the script.</summary>
    public Func<ProcessStartInfo> ReadyThen(string script) => Running($"cat {_ready}; {script}");

    /// <summary>A child that runs the script.</summary>
    public Func<ProcessStartInfo> Running(string script) =>
        () =>
        {
            Starts++;
            return new ProcessStartInfo("/bin/sh", ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
        };

    public void Dispose() => File.Delete(_ready);
}
