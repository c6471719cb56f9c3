using CxrCluster.Cli.Terminal;
using CxrCluster.Grains.Intake;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Cli.Scoring;

/// <summary>Reads files and takes them into the cluster, some at a time, so that memory stays small.</summary>
internal sealed class Admission(ImageIntake intake)
{
    private const int BatchFiles = 64;
    private const long BatchBytes = 64L << 20;

    /// <summary>The largest file that is read. A radiograph has 10 to 30 MB.</summary>
    private const long MaxFileBytes = 512L << 20;

    /// <summary>One result per input, in order; a file that cannot be read has a problem and stops nothing.</summary>
    public async Task<IReadOnlyList<AdmittedInput>> AdmitAsync(
        IReadOnlyList<ImageInput> inputs,
        ProgressBar bar,
        CancellationToken cancellationToken
    )
    {
        var admitted = new List<AdmittedInput>(inputs.Count);
        var batch = new List<(int Index, NewImage Image)>();
        long bytes = 0;
        foreach (ImageInput input in inputs)
        {
            (NewImage? image, string? problem) = await ReadAsync(input, cancellationToken);
            if (image is not null)
            {
                batch.Add((admitted.Count, image));
                bytes += image.Content.Length;
            }
            admitted.Add(new AdmittedInput(input, null, problem));
            if (batch.Count < BatchFiles && bytes < BatchBytes)
                continue;
            await FlushAsync(batch, admitted, cancellationToken);
            bytes = 0;
            bar.Report(admitted.Count);
        }
        await FlushAsync(batch, admitted, cancellationToken);
        bar.Report(admitted.Count);
        return admitted;
    }

    private async Task FlushAsync(
        List<(int Index, NewImage Image)> batch,
        List<AdmittedInput> admitted,
        CancellationToken cancellationToken
    )
    {
        if (batch.Count == 0)
            return;
        IReadOnlyList<InstanceRecord> records = await intake.AdmitAsync(
            [.. batch.Select(b => b.Image)],
            cancellationToken
        );
        for (int i = 0; i < batch.Count; i++)
            admitted[batch[i].Index] = admitted[batch[i].Index] with { Instance = records[i] };
        batch.Clear();
    }

    private static async Task<(NewImage? Image, string? Problem)> ReadAsync(
        ImageInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.Problem is { } known)
            return (null, known);
        try
        {
            long length = new FileInfo(input.Path).Length;
            if (length > MaxFileBytes)
                return (
                    null,
                    $"{input.Path}: {length >> 20} MB is more than {MaxFileBytes >> 20} MB, the most that is read."
                );
            byte[] content = await File.ReadAllBytesAsync(input.Path, cancellationToken);
            ImageOrigin origin = input.Origin;
            string name = Path.GetFileName(input.Path);
            return (new NewImage(origin.Hospital, name, content, origin.PatientId, origin.View, origin.Label), null);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return (null, $"{input.Path}: cannot be read ({exception.Message}). Check the file and its permissions.");
        }
    }
}
