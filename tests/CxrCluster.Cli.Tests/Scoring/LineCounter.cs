using System.Text;

namespace CxrCluster.Cli.Tests.Scoring;

/// <summary>Keeps lines and tells of each as it comes.</summary>
internal sealed class LineCounter(Action<int> lineWritten) : TextWriter
{
    private readonly List<string> _lines = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <inheritdoc />
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc />
    public override void WriteLine(string? value)
    {
        _lines.Add(value ?? "");
        lineWritten(_lines.Count);
    }
}
