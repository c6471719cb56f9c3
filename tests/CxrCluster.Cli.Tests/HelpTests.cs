using System.CommandLine;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Leaves(Root(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_EveryCommand_ShowsAnExampleOfItself(string command)
    {
        CliResult result = await Cxr.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        string examples = result.Output[result.Output.IndexOf("Example", StringComparison.Ordinal)..];
        Assert.Contains($"cxr {command}", examples, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_EveryCommand_Parse()
    {
        RootCommand root = Root();
        foreach (string command in Leaves(root, ""))
        foreach (string example in ((Commands.CxrCommand)Find(root, command)).Examples)
            Assert.Empty(root.Parse(example["cxr ".Length..]).Errors);
    }

    [Fact]
    public async Task Run_WithoutCommand_IsWrongUsage()
    {
        CliResult result = await Cxr.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("cxr --help", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("synth --out x --patients none", "--patients is 'none': give a whole number between 1 and 100000.")]
    [InlineData("synth --out x --side 5", "--side is '5': give a whole number between 64 and 4096.")]
    [InlineData("synth --out x --format gif", "--format is 'gif': give one of png, dicom.")]
    [InlineData("similar a.png --model b -k 0", "-k is '0': give a whole number between 1 and 1000.")]
    [InlineData("score a.png", "--model")]
    [InlineData("score a.png --model b --embedding", "--embedding needs --json")]
    [InlineData("preprocess a.png --out b.png --steps fold", "fold")]
    [InlineData("preprocess a.png --out a.png", "is the input itself")]
    [InlineData("train classifier --manifest m --images i --segmenter s --out o --arch alexnet", "--arch is 'alexnet'")]
    [InlineData("train segmenter --images i --masks m --out o --side 100", "side")]
    [InlineData("serve --config missing.json", "missing.json: no such file")]
    [InlineData("job submit --from yesterday", "--from is 'yesterday'")]
    [InlineData("job list", "CXR_TOKEN")]
    public async Task Run_WrongUsage_SaysWhatToGive(string arguments, string sentence)
    {
        CliResult result = await Cxr.RunAsync(arguments.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static RootCommand Root() =>
        CxrRootCommand.Create(
            new CliContext(
                new CliTerminal(TextWriter.Null, TextWriter.Null, TerminalTraits.Redirected, TimeProvider.System),
                _ => null,
                TimeProvider.System
            )
        );

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.SelectMany(c =>
            c.Subcommands.Count == 0 ? [$"{path}{c.Name}"] : Leaves(c, $"{path}{c.Name} ")
        );

    private static Command Find(Command root, string path) =>
        path.Split(' ').Aggregate(root, (at, name) => at.Subcommands.Single(c => c.Name == name));
}
