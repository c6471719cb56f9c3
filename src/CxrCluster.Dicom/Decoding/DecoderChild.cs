using System.Diagnostics;
using CxrCluster.Dicom.Decoder.Protocol;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Decoding;

/// <summary>One child process. Used by one image at a time.</summary>
internal sealed class DecoderChild : IDisposable
{
    // Three bytes per pixel of the largest picture.
    private const long MostReplyBytes = 3 * RadiographReader.MaxPixels;

    private static readonly TimeSpan DeathTime = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private DecoderChild(Process process) => _process = process;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Images it has answered.</summary>
    public int Images { get; private set; }

    /// <summary>What it says of its decoder and its confinement.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <exception cref="DecoderUnavailableException">It says that it cannot decode.</exception>
    /// <exception cref="DecoderDiedException">It ended or did not answer in time.</exception>
    public static async Task<DecoderChild> StartAsync(
        ProcessStartInfo start,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var child = new DecoderChild(Process.Start(start)!);
        try
        {
            var reply = await child.ReceiveAsync(timeout, time, cancellationToken);
            if (reply.Status == DecoderStatus.Ready)
            {
                child.Description = reply.Text;
                return child;
            }

            throw new DecoderUnavailableException(reply.Text);
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Has a file decoded. After an exception the child is of no further use.</summary>
    /// <exception cref="DecoderDiedException">It ended, answered nonsense or took too long.</exception>
    public async Task<DecoderReply> DecodeAsync(
        ReadOnlyMemory<byte> file,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var reply = await ReceiveAsync(timeout, time, cancellationToken, file);
        Images++;
        return reply;
    }

    /// <summary>Ends it; nothing of it is left.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit(DeathTime);
        _process.Dispose();
    }

    private async Task<DecoderReply> ReceiveAsync(
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken,
        ReadOnlyMemory<byte>? request = null
    )
    {
        using var tooLate = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        // A read of a pipe may not heed its token; the end of the process ends it surely.
        await using var _ = either.Token.Register(Kill);
        try
        {
            if (request is { } file)
            {
                await DecoderChannel.WriteRequestAsync(_process.StandardInput.BaseStream, file, either.Token);
            }

            return await DecoderChannel.ReadReplyAsync(
                _process.StandardOutput.BaseStream,
                MostReplyBytes,
                either.Token
            );
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw tooLate.IsCancellationRequested
                ? new DecoderDiedException($"no answer within {timeout.TotalSeconds:0.#} s", true, exception)
                : new DecoderDiedException(Ending(exception), false, exception);
        }
    }

    /// <summary>How the process ended; the runtime reports a signal as 128 more than its number.</summary>
    private string Ending(Exception seen) =>
        seen is InvalidDataException || !_process.WaitForExit(DeathTime) ? "an answer that makes no sense"
        : _process.ExitCode > 128 ? $"signal {_process.ExitCode - 128}"
        : $"exit code {_process.ExitCode}";

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has ended already
        }
    }
}
