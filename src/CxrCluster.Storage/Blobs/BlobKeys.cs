using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Blobs;

/// <summary>Where things lie in the blob store.</summary>
public static class BlobKeys
{
    /// <summary>An image as it came, addressed by its content, within its hospital.</summary>
    public static string Image(HospitalId hospital, string sha256) => $"images/{hospital}/{sha256}";

    /// <summary>A file of a model bundle ("model.json", "classifier.safetensors", "segmenter.safetensors").</summary>
    public static string Model(ModelId model, string file) => $"models/{model.Name}/{model.Version}/{file}";

    /// <summary>A cohort's file of squares, addressed by its content.</summary>
    public static string Cohort(string sha256) => $"cohorts/{sha256}";

    /// <summary>A copy of an index shard's snapshot.</summary>
    public static string IndexSnapshot(HospitalId hospital, ModelId model, int layout, int part) =>
        $"index/{hospital}/{model.Name}/{model.Version}/{layout}-{part}";

    /// <summary>The map of all hospitals' embeddings under a model.</summary>
    public static string Map(ModelId model) => $"maps/{model.Name}/{model.Version}";

    /// <summary>Weights that a training begins with, addressed by their content.</summary>
    public static string Weights(string sha256) => $"weights/{sha256}";

    /// <summary>What a slot's lease writes for a run of a sweep; the row names the one that counts.</summary>
    public static string Checkpoint(TrainingUnitId unit, int epochsDone) =>
        $"{Checkpoints(unit.Sweep)}{unit.Run.Architecture}/{unit.Run.Split}/{unit.Lease}-{epochsDone}";

    /// <summary>Prefix of a sweep's checkpoints.</summary>
    public static string Checkpoints(SweepId sweep) => $"sweeps/{sweep}/";
}
