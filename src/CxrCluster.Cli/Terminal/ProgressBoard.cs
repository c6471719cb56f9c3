namespace CxrCluster.Cli.Terminal;

/// <summary>
/// The progress of everything under way, on stderr: bars that are redrawn in place on a screen; otherwise a plain line per
/// piece of work, at most one every few seconds, so that log files stay short.
/// </summary>
internal sealed class ProgressBoard : IDisposable
{
    private const int BarWidth = 24;

    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly TextWriter _error;
    private readonly Lock _lock;
    private readonly TerminalTraits _traits;
    private readonly TimeProvider _time;
    private readonly Action _closed;
    private readonly List<ProgressBar> _bars = [];
    private readonly Dictionary<ProgressBar, long> _written = [];
    private readonly HashSet<ProgressBar> _finished = []; // their final line has been written
    private readonly ITimer _timer;
    private int _drawnLines;
    private bool _disposed;

    internal ProgressBoard(TextWriter error, Lock @lock, TerminalTraits traits, TimeProvider time, Action closed)
    {
        (_error, _lock, _traits, _time, _closed) = (error, @lock, traits, time, closed);
        TimeSpan period = traits.ErrorIsTerminal ? RedrawEvery : LineEvery;
        _timer = time.CreateTimer(_ => Tick(), null, period, period);
    }

    /// <summary>Adds a piece of work below the others.</summary>
    /// <param name="title">What is being done, in a few words.</param>
    /// <param name="total">Steps in all; 0 while unknown.</param>
    public ProgressBar Add(string title, long total)
    {
        var bar = new ProgressBar(title, total, _time);
        lock (_lock)
            _bars.Add(bar);
        return bar;
    }

    /// <summary>Leaves the final state of every bar on the screen or in the log.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            Hide();
            foreach (ProgressBar bar in _bars.Where(bar => !_finished.Contains(bar)))
                _error.WriteLine(FinalLine(bar));
            _error.Flush();
            _closed();
        }
    }

    /// <summary>Takes the bars off the screen so that something else can be written. The caller holds the lock.</summary>
    internal void Hide()
    {
        if (_drawnLines == 0)
            return;
        _error.Write(_drawnLines > 1 ? $"\r\x1b[{_drawnLines - 1}A\x1b[J" : "\r\x1b[J");
        _error.Flush();
        _drawnLines = 0;
    }

    /// <summary>Puts them back. The caller holds the lock.</summary>
    internal void Show()
    {
        if (!_traits.ErrorIsTerminal || _bars.Count == 0 || _disposed)
            return;
        int titles = _bars.Max(b => b.Title.Length);
        _error.Write(string.Join('\n', _bars.Select(b => Cut(DrawnLine(b, titles)))));
        _error.Flush();
        _drawnLines = _bars.Count;
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (_traits.ErrorIsTerminal)
            {
                Hide();
                Show();
                return;
            }
            foreach (ProgressBar bar in _bars.Where(HasMoved).ToList())
                _error.WriteLine(IsFinished(bar) && _finished.Add(bar) ? FinalLine(bar) : PlainLine(bar));
            _error.Flush();
        }
    }

    private bool HasMoved(ProgressBar bar)
    {
        long done = bar.Now.Done;
        bool moved = !_written.TryGetValue(bar, out long before) ? done > 0 : done != before;
        _written[bar] = done;
        return moved;
    }

    private static bool IsFinished(ProgressBar bar) => bar.Now is { Total: > 0 } now && now.Done >= now.Total;

    private static string DrawnLine(ProgressBar bar, int titleWidth)
    {
        ProgressBar.State now = bar.Now;
        int filled = (int)Math.Round(now.Fraction * BarWidth);
        string drawn = new string('━', filled) + new string('─', BarWidth - filled);
        return $"{bar.Title.PadRight(titleWidth)}  {drawn} {now.Fraction * 100, 3:0} %  {Amounts(bar, now)}";
    }

    private static string PlainLine(ProgressBar bar)
    {
        ProgressBar.State now = bar.Now;
        return $"{bar.Title}: {now.Fraction * 100:0} %, {Amounts(bar, now)}";
    }

    private static string FinalLine(ProgressBar bar)
    {
        ProgressBar.State now = bar.Now;
        return $"{bar.Title}: {now.Done} of {now.Total} in {Durations.Text(now.After)}{Note(now)}";
    }

    private static string Amounts(ProgressBar bar, ProgressBar.State now)
    {
        string left = now.Done < now.Total && bar.Left(now) is { } time ? $", {Durations.Text(time)} left" : "";
        return $"{now.Done} of {now.Total}{left}{Note(now)}";
    }

    private static string Note(ProgressBar.State now) => now.Note.Length == 0 ? "" : $", {now.Note}";

    /// <summary>A line that wraps could not be taken off the screen again.</summary>
    private string Cut(string line) => line.Length < _traits.Width ? line : line[..Math.Max(0, _traits.Width - 1)];
}
