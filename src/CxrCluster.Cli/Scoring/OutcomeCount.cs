using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Cli.Scoring;

/// <summary>Counts results by outcome.</summary>
internal sealed class OutcomeCount
{
    private int _scored;
    private int _positive;
    private int _excluded;
    private int _failed;

    /// <summary>What the process returns for these results.</summary>
    public int ExitCode =>
        _scored + _excluded == 0 ? ExitCodes.NothingDone
        : _failed > 0 ? ExitCodes.SomeFailed
        : ExitCodes.Done;

    /// <summary>Counts one more.</summary>
    public void Add(ImageScore score)
    {
        _scored += score.Outcome == ImageOutcome.Scored ? 1 : 0;
        _excluded += score.Outcome == ImageOutcome.Excluded ? 1 : 0;
        _failed += score.Outcome == ImageOutcome.Failed ? 1 : 0;
        _positive += score.Label == 1 ? 1 : 0;
    }

    /// <summary>"282 inputs: 280 scored (131 positive), 1 excluded, 1 failed".</summary>
    public override string ToString() =>
        $"{_scored + _excluded + _failed} inputs: {_scored} scored ({_positive} positive), {_excluded} excluded, {_failed} failed";
}
