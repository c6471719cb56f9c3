using System.ComponentModel;
using System.Diagnostics;
using CxrCluster.Dicom.Decoder.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxrCluster.Dicom.Decoding;

/// <summary>
/// Decodes compressed pixels in child processes, a few of which stay warm. A file can cost the child that decodes it, never
/// this process: the child is replaced, the file tried once more, and then quarantined by the hash of its content.
/// </summary>
public sealed partial class DecoderPool : IAsyncDisposable
{
    private const string Install = "Install GDCM's C# binding: 'apt-get install libgdcm-cil', or run eng/setup.sh";

    // A machine without GDCM is not asked again for every image.
    private static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(30);

    private readonly DecoderOptions _options;
    private readonly Func<ProcessStartInfo> _program;
    private readonly TimeProvider _time;
    private readonly ILogger<DecoderPool> _logger;
    private readonly SemaphoreSlim _turns;
    private readonly Lock _lock = new();
    private readonly Stack<DecoderChild> _idle = new();
    private readonly RestartBackOff _backOff;
    private DecoderUnavailableException? _unavailable;
    private long _unavailableSince;
    private int _waiting;
    private bool _disposed;

    /// <summary>A pool without children; they are started when needed.</summary>
    public DecoderPool(DecoderOptions options, TimeProvider time, ILogger<DecoderPool>? logger = null)
        : this(options, time, logger, () => DecoderProgram.StartInfo(options)) { }

    internal DecoderPool(
        DecoderOptions options,
        TimeProvider time,
        ILogger<DecoderPool>? logger,
        Func<ProcessStartInfo> program
    )
    {
        (_options, _time, _program) = (options, time, program);
        _logger = logger ?? NullLogger<DecoderPool>.Instance;
        _turns = new SemaphoreSlim(options.EffectiveChildren, options.EffectiveChildren);
        _backOff = new RestartBackOff(time);
        Quarantine = new Quarantine(options.QuarantineCapacity);
    }

    /// <summary>Images that wait for a child.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    internal Quarantine Quarantine { get; }

    /// <summary>Process ids of the children that wait for work.</summary>
    internal IReadOnlyList<int> IdleChildren
    {
        get
        {
            lock (_lock)
            {
                return [.. _idle.Select(c => c.Id)];
            }
        }
    }

    /// <summary>Decodes a DICOM file of one frame.</summary>
    /// <param name="file">The file. A child gets a copy of it, and nothing else.</param>
    /// <param name="contentHash">Names the content to the quarantine.</param>
    /// <param name="cancellationToken">Gives up; a child at work is killed.</param>
    /// <exception cref="InvalidDataException">The pixels cannot be decoded, or the file is in quarantine; cause and remedy.</exception>
    /// <exception cref="DecoderUnavailableException">There is no decoder; what to install.</exception>
    /// <exception cref="DecoderBusyException">The queue is full.</exception>
    public async Task<DecodedFrame> DecodeAsync(
        ReadOnlyMemory<byte> file,
        string contentHash,
        CancellationToken cancellationToken
    )
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        RefuseQuarantined(contentHash);
        await TakeTurnAsync(cancellationToken);
        try
        {
            while (true)
            {
                RefuseQuarantined(contentHash); // its last death may have come while this call waited
                try
                {
                    return await DecodeOnceAsync(file, cancellationToken);
                }
                catch (DecoderDiedException death)
                {
                    _backOff.Died();
                    Quarantine.AddDeath(contentHash);
                    LogDeath(_logger, contentHash[..Math.Min(12, contentHash.Length)], death.Message);
                    if (death.TimedOut)
                    {
                        throw new InvalidDataException(
                            $"decoding took longer than the {_options.ImageTimeout.TotalSeconds:0.#} s allowed (Dicom:Decoder:ImageTimeout); export it uncompressed.",
                            death
                        );
                    }
                }
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Starts a child if none is warm, and returns what it says of its decoder and its confinement.</summary>
    /// <exception cref="DecoderUnavailableException">There is no decoder; what to install.</exception>
    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        try
        {
            var child = await TakeChildAsync(cancellationToken);
            var description = child.Description;
            GiveBack(child);
            return description;
        }
        catch (DecoderDiedException death)
        {
            throw NotStarting(death);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Ends the idle children; those at work end with their image.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_idle.TryPop(out var child))
            {
                child.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private async Task<DecodedFrame> DecodeOnceAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        DecoderChild child;
        try
        {
            child = await TakeChildAsync(cancellationToken);
        }
        catch (DecoderDiedException death)
        {
            // No image was in it: the file is not to blame.
            _backOff.Died();
            throw NotStarting(death);
        }

        DecoderReply reply;
        try
        {
            reply = await child.DecodeAsync(file, _options.ImageTimeout, _time, cancellationToken);
        }
        catch
        {
            child.Dispose();
            throw;
        }

        _backOff.Answered();
        GiveBack(child);
        return reply.Frame
            ?? throw new InvalidDataException($"{reply.Text}; copy it again, or export it uncompressed.");
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (_turns.Wait(0, cancellationToken))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.QueueCapacity)
            {
                throw new DecoderBusyException(_options.QueueCapacity);
            }

            await _turns.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<DecoderChild> TakeChildAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var warm))
            {
                return warm;
            }

            if (_unavailable is { } known && _time.GetElapsedTime(_unavailableSince) < UnavailableFor)
            {
                throw new DecoderUnavailableException(known.Message, known);
            }
        }

        if (_backOff.Remaining is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, _time, cancellationToken);
        }

        try
        {
            return await DecoderChild.StartAsync(_program(), _options.StartTimeout, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is DecoderUnavailableException or Win32Exception)
        {
            var unavailable = new DecoderUnavailableException(
                $"compressed DICOM pixels cannot be decoded on this machine ({exception.Message.TrimEnd('.')}). {Install}.",
                exception
            );
            lock (_lock)
            {
                (_unavailable, _unavailableSince) = (unavailable, _time.GetTimestamp());
            }

            LogUnavailable(_logger, unavailable.Message);
            throw unavailable;
        }
    }

    private void GiveBack(DecoderChild child)
    {
        lock (_lock)
        {
            if (!_disposed && child.Images < _options.ImagesPerChild)
            {
                _idle.Push(child);
                return;
            }
        }

        child.Dispose();
    }

    private void RefuseQuarantined(string contentHash)
    {
        if (Quarantine.Holds(contentHash))
        {
            throw new InvalidDataException(
                $"it ended {Decoding.Quarantine.MostDeaths} decoders and is not tried again; export it uncompressed, or check where it comes from."
            );
        }
    }

    private static DecoderUnavailableException NotStarting(DecoderDiedException death) =>
        new($"the DICOM decoder does not start ({death.Message}). {Install}; 'cxr doctor' tries it.", death);

    [LoggerMessage(1601, LogLevel.Warning, "A DICOM decoder ended on content {Content}...: {Cause}. It is replaced.")]
    private static partial void LogDeath(ILogger logger, string content, string cause);

    [LoggerMessage(1602, LogLevel.Error, "DICOM: {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string cause);
}
