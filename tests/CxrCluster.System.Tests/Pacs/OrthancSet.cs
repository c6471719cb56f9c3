namespace CxrCluster.System.Tests.Pacs;

/// <summary>Four Orthancs of our own, started by eng/pacs.sh on ports below those that the kernel hands out.</summary>
internal sealed class OrthancSet : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Hospitals = ["north", "south", "east", "west"];

    private readonly Dictionary<string, string> _settings;
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    private OrthancSet(Dictionary<string, string> settings) => _settings = settings;

    /// <summary>Whether the programs are installed.</summary>
    public static bool IsInstalled =>
        File.Exists("/usr/share/orthanc/plugins/libOrthancDicomWeb.so") && File.Exists("/usr/bin/dcmsend");

    /// <summary>Folder with the passwords.</summary>
    public string Secrets => _said["SECRETS"];

    /// <summary>DICOMweb root of a hospital.</summary>
    public string UrlOf(string hospital) => _said[hospital.ToUpperInvariant()];

    public static async Task<OrthancSet> StartAsync(string folder)
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = 20_000 + Random.Shared.Next(4_000);
            var set = new OrthancSet(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["PACS_DIR"] = folder,
                    ["PACS_HTTP_PORT"] = $"{port}",
                    ["PACS_DICOM_PORT"] = $"{port + 4_500}",
                }
            );
            try
            {
                foreach (string line in (await set.RunAsync("up")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    set._said[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[
                        (line.IndexOf('=', StringComparison.Ordinal) + 1)..
                    ];
                return set;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                await set.DisposeAsync(); // a port was taken: others
            }
        }
    }

    /// <summary>Sends the files of folders named after hospitals.</summary>
    public Task LoadAsync(string folder) => RunAsync("load", folder);

    public Task KillAsync(string hospital) => RunAsync("kill", hospital);

    public Task StartAgainAsync(string hospital) => RunAsync("start", hospital);

    public async ValueTask DisposeAsync() => await RunAsync("down");

    private Task<string> RunAsync(params string[] arguments) =>
        Command.RunAsync(Path.Combine(Repository.Root, "eng", "pacs.sh"), _settings, arguments);
}
