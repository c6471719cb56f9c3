namespace CxrCluster.Dicom.Decoding;

/// <summary>
/// Slows down restarts while children die one after the other without a single answer between: a broken installation or a
/// flood of bad files must not turn into a flood of processes.
/// </summary>
internal sealed class RestartBackOff(TimeProvider time)
{
    // Single deaths cost no time: one bad file among good ones is usual.
    private const int Free = 2;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private int _deaths;
    private long _lastDeath;

    /// <summary>How long a start must wait now.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                if (_deaths <= Free)
                {
                    return TimeSpan.Zero;
                }

                var pause = First * Math.Pow(2, Math.Min(_deaths - Free - 1, 10));
                var left = (pause < Longest ? pause : Longest) - time.GetElapsedTime(_lastDeath);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>A child died.</summary>
    public void Died()
    {
        lock (_lock)
        {
            _deaths++;
            _lastDeath = time.GetTimestamp();
        }
    }

    /// <summary>A child answered.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _deaths = 0;
        }
    }
}
