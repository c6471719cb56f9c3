namespace CxrCluster.Dicom.Web;

/// <summary>Opens after several requests in a row found nobody; then lets one through per period until one succeeds.</summary>
internal sealed class CircuitBreaker(int breakAfter, TimeSpan breakFor, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _closedUntilProbe;

    /// <summary>Null when a request may go; otherwise how long the circuit stays open.</summary>
    public TimeSpan? TryEnter()
    {
        lock (_lock)
        {
            if (_failures < breakAfter)
                return null;
            DateTimeOffset now = time.GetUtcNow();
            if (now < _closedUntilProbe)
                return _closedUntilProbe - now;
            _closedUntilProbe = now + breakFor; // this request is the probe; the others wait for what it finds
            return null;
        }
    }

    /// <summary>The server answered, with whatever.</summary>
    public void Answered()
    {
        lock (_lock)
            _failures = 0;
    }

    /// <summary>Nobody answered.</summary>
    public void FoundNobody()
    {
        lock (_lock)
        {
            _failures++;
            if (_failures >= breakAfter)
                _closedUntilProbe = time.GetUtcNow() + breakFor;
        }
    }
}
