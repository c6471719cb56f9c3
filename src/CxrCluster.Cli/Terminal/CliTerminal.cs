using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace CxrCluster.Cli.Terminal;

/// <summary>Results go to stdout, everything else to stderr; neither ever cuts through a progress bar.</summary>
internal sealed class CliTerminal(TextWriter output, TextWriter error, TerminalTraits traits, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // sentences with quotes and umlauts stay readable
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _lock = new();
    private ProgressBoard? _board;

    /// <summary>What the streams can show.</summary>
    public TerminalTraits Traits => traits;

    /// <summary>A line of the result.</summary>
    public void Result(string line) => Write(output, line);

    /// <summary>An object of the result as one line of JSON, camelCase.</summary>
    public void ResultJson<T>(T value) => Result(JsonSerializer.Serialize(value, Json));

    /// <summary>A table of the result; as wide as it needs where stdout is no screen.</summary>
    public void ResultTable(Table table) => Result(Render(table));

    /// <summary>A line about what is going on.</summary>
    public void Note(string line) => Write(error, line);

    /// <summary>Something that the user should know but that stops nothing.</summary>
    public void Warning(string sentence) => Note($"warning: {sentence}");

    /// <summary>Why the command ends without having done its work.</summary>
    public void Error(string sentence) => Note($"error: {sentence}");

    /// <summary>Starts showing progress; ends with its disposal. One board at a time.</summary>
    public ProgressBoard StartProgress()
    {
        var board = new ProgressBoard(error, _lock, traits, time, () => _board = null);
        lock (_lock)
            _board = board;
        return board;
    }

    private void Write(TextWriter writer, string line)
    {
        lock (_lock)
        {
            _board?.Hide();
            writer.WriteLine(line);
            writer.Flush();
            _board?.Show();
        }
    }

    private string Render(Table table)
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = traits.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = traits.OutputIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width = traits.OutputIsTerminal ? traits.Width : 10_000;
        console.Write(table);
        IEnumerable<string> lines = writer.ToString().TrimEnd().Split('\n').Select(l => l.TrimEnd());
        return string.Join(Environment.NewLine, lines);
    }
}
