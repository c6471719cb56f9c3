using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Synthesis.Output;

/// <summary>The folder of a cohort: what is where, and what may be overwritten.</summary>
internal sealed partial class CohortFolder(string root)
{
    /// <summary>
    /// Says that a folder is a synthetic cohort and how it was made. Written first, so that an interrupted cohort is known
    /// as one; without it nothing in a folder is ever deleted.
    /// </summary>
    public const string MarkerName = "synthesis.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Folder of the images.</summary>
    public string Images { get; } = Path.Combine(root, "images");

    /// <summary>Folder of the lung masks.</summary>
    public string Masks { get; } = Path.Combine(root, "masks");

    /// <summary>The manifest, written last.</summary>
    public string Manifest { get; } = Path.Combine(root, CohortManifest.FileName);

    /// <summary>Makes the folder ready for a new cohort, deleting the files of an earlier one.</summary>
    /// <exception cref="CohortFolderException">It holds something else.</exception>
    public void Prepare(SynthesisOptions options)
    {
        var marker = Path.Combine(root, MarkerName);
        if (File.Exists(root))
        {
            throw new CohortFolderException($"{root} is a file; name a folder for the synthetic cohort.");
        }

        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(marker))
        {
            throw new CohortFolderException(
                $"{root} is not empty and holds no synthetic cohort ({MarkerName} is missing); name a new or empty folder."
            );
        }

        File.Delete(Path.Combine(Directory.CreateDirectory(root).FullName, CohortManifest.FileName));
        File.WriteAllText(marker, JsonSerializer.Serialize(options, Json) + "\n");
        foreach (var folder in (string[])[Images, Masks])
        {
            foreach (var file in Directory.CreateDirectory(folder).EnumerateFiles())
            {
                if (OwnName.IsMatch(file.Name))
                {
                    file.Delete();
                }
            }
        }
    }

    // {hospital}-{patient}-{number}, as ImagePlan.Name makes it.
    [GeneratedRegex(@"^(north|south|east|west|site-\d+)-\d{5,}-\d\.(png|dcm)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnName { get; }
}
