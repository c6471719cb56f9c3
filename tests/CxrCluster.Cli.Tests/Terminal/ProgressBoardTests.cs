using CxrCluster.Cli.Terminal;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Cli.Tests.Terminal;

public sealed class ProgressBoardTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Board_Redirected_WritesALineEveryFewSecondsAndOneAtTheEnd()
    {
        CliTerminal terminal = Terminal(TerminalTraits.Redirected);
        using (ProgressBoard board = terminal.StartProgress())
        {
            ProgressBar bar = board.Add("scoring", 100);
            for (int second = 1; second <= 10; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                bar.Report(second * 5);
            }
            Assert.Equal(2, _error.ToString().Count(c => c == '\n'));
            bar.Report(100, "2 failed");
        }

        string[] lines = Lines(_error);
        Assert.Equal("scoring: 20 %, 20 of 100, 20 s left", lines[0]);
        Assert.Equal("scoring: 100 of 100 in 10 s, 2 failed", lines[^1]);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Board_RedirectedWithoutMovement_StaysSilent()
    {
        using ProgressBoard board = Terminal(TerminalTraits.Redirected).StartProgress();
        board.Add("scoring", 100).Report(7);
        _time.Advance(TimeSpan.FromSeconds(5));
        int length = _error.ToString().Length;

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.NotEqual(0, length);
        Assert.Equal(length, _error.ToString().Length);
    }

    [Fact]
    public void Board_OnAScreen_IsTakenAwayBeforeAResultAndPutBackAfterIt()
    {
        CliTerminal terminal = Terminal(new TerminalTraits(true, true, 80));
        using ProgressBoard board = terminal.StartProgress();
        board.Add("north", 10).Report(5);
        board.Add("south", 10).Report(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("north  ━━━━━━━━━━━━────────────  50 %  5 of 10", _error.ToString(), StringComparison.Ordinal);
        int before = _error.ToString().Length;

        terminal.Result("a.png");

        string redrawn = _error.ToString()[before..];
        Assert.StartsWith("\r\x1b[1A\x1b[J", redrawn, StringComparison.Ordinal); // up one line, erase both
        Assert.Contains("south", redrawn, StringComparison.Ordinal);
        Assert.Equal("a.png", Lines(_output).Single());
    }

    [Fact]
    public void Board_OnANarrowScreen_NeverWraps()
    {
        using ProgressBoard board = Terminal(new TerminalTraits(true, true, 30)).StartProgress();
        board.Add("a rather long title of a piece of work", 10).Report(5);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(_error.ToString().Split('\r', '\n'), line => Assert.True(line.Replace("\x1b[J", "").Length < 30));
    }

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(59.7, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(7620, "2 h 07 min")]
    public void Text_OfADuration_IsWhatPeopleSay(double seconds, string text) =>
        Assert.Equal(text, Durations.Text(TimeSpan.FromSeconds(seconds)));

    private CliTerminal Terminal(TerminalTraits traits) => new(_output, _error, traits, _time);

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
