using System.Text.Json;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Sweeping;

/// <summary>
/// The folder of a sweep: sweep.json and report.html for people, and below "data" all that it needs to go on. The file of
/// options is written before anything else and says what the folder is.
/// </summary>
internal sealed class SweepFolder
{
    private const string OptionsFile = "options.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _root;

    private SweepFolder(string root) => _root = root;

    /// <summary>Where sweep.json and report.html go.</summary>
    public string Root => _root;

    /// <summary>Of the cluster in this process.</summary>
    public string Data => Path.Combine(_root, "data");

    /// <summary>Preprocessed images.</summary>
    public string Squares => Path.Combine(Data, "squares");

    /// <summary>Where the node looks for a cohort before it fetches it from the blob store.</summary>
    public string CohortOf(string hash) => Path.Combine(Path.GetFullPath(Data), "training", "cohorts", hash);

    /// <summary>Begins a sweep in the folder, or finds the one that is there.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="values">What the results depend on, by the option's name.</param>
    /// <param name="resume">Whether a sweep is to be there.</param>
    /// <exception cref="CommandException">There is one and none was to be there, there is none, or it is another.</exception>
    public static SweepFolder Open(string root, IReadOnlyDictionary<string, string> values, bool resume)
    {
        var folder = new SweepFolder(root);
        string path = Path.Combine(folder.Data, OptionsFile);
        if (!File.Exists(path))
        {
            if (resume)
                throw CommandException.WrongUsage(
                    $"There is no sweep in {root} to resume: leave --resume out to start one."
                );
            if (File.Exists(Path.Combine(root, "sweep.json")))
                throw CommandException.WrongUsage(
                    $"{root} holds the result of another sweep: give --out another folder, or delete its sweep.json."
                );
            Directory.CreateDirectory(folder.Data);
            string half = $"{path}.tmp";
            File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(values, Json));
            File.Move(half, path);
            return folder;
        }
        if (!resume)
            throw CommandException.WrongUsage(
                $"{root} holds a sweep already: go on with it by --resume, or give --out another folder."
            );
        folder.ThrowIfOther(path, values);
        return folder;
    }

    private void ThrowIfOther(string path, IReadOnlyDictionary<string, string> values)
    {
        Dictionary<string, string> before;
        try
        {
            before = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path), Json) ?? [];
        }
        catch (JsonException exception)
        {
            throw CommandException.NothingDone(
                $"{path} is damaged ({exception.Message}): the sweep in {_root} cannot be resumed. Start it in another folder.",
                exception
            );
        }
        string[] differences =
        [
            .. values
                .Where(v => before.GetValueOrDefault(v.Key) != v.Value)
                .Select(v => $"{v.Key} is {v.Value} and was {before.GetValueOrDefault(v.Key) ?? "not there"}"),
            .. before
                .Keys.Except(values.Keys, StringComparer.Ordinal)
                .Select(k => $"{k} was {before[k]} and is not given"),
        ];
        if (differences.Length > 0)
            throw CommandException.WrongUsage(
                $"The sweep in {_root} was started otherwise: {string.Join("; ", differences)}. Give the same options to "
                    + "resume it, or start another one in another folder."
            );
    }
}
