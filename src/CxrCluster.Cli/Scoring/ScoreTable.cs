using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Cli.Scoring;

/// <summary>Results for people: aligned columns, row by row as they come.</summary>
internal sealed class ScoreTable
{
    private const int WidestPath = 60;

    private readonly CliTerminal _terminal;
    private readonly int _path;
    private readonly int _hospital;

    /// <summary>Writes the head.</summary>
    public ScoreTable(CliTerminal terminal, IReadOnlyList<ImageInput> inputs)
    {
        _terminal = terminal;
        _path = Math.Max("file".Length, inputs.Select(i => Math.Min(i.Path.Length, WidestPath)).DefaultIfEmpty().Max());
        _hospital = Math.Max(
            "hospital".Length,
            inputs.Select(i => i.Origin.Hospital.Value.Length).DefaultIfEmpty().Max()
        );
        Write("file", "hospital", "probability", "label", "reason");
    }

    /// <summary>Writes one row.</summary>
    public void Add(ScoredInput result)
    {
        ImageScore score = result.Score;
        Write(
            result.Input.Path,
            result.Input.Origin.Hospital.Value,
            score.Probability is { } p ? $"{p:0.0000}" : "",
            score.Label switch
            {
                1 => "positive",
                0 => "negative",
                _ => score.Outcome == ImageOutcome.Excluded ? "excluded" : "failed",
            },
            result.Reason ?? ""
        );
    }

    private void Write(string path, string hospital, string probability, string label, string reason) =>
        _terminal.Result(
            $"{path.PadRight(_path)}  {hospital.PadRight(_hospital)}  {probability, 11}  {label, -8}  {reason}".TrimEnd()
        );
}
