using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Http;
using CxrCluster.Grains.Intake;

namespace CxrCluster.Gateway.Scoring;

/// <summary>A form with one image: the fields of images:score and of similar.</summary>
/// <param name="Image">The file with its hospital, patient and view.</param>
/// <param name="Model">The model named; null: the active one.</param>
/// <param name="K">How many similar cases.</param>
internal sealed record ImageForm(NewImage Image, ModelId? Model, int K)
{
    public const int DefaultK = 4;
    public const int MostK = 100;

    private static readonly string[] Fields = ["hospital", "patientId", "view", "model", "k"];

    /// <exception cref="BadHttpRequestException">A field is missing, unknown or wrong, or the file too large.</exception>
    public static async Task<ImageForm> ReadAsync(
        HttpRequest request,
        long maxFileBytes,
        CancellationToken cancellationToken
    )
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        (string Name, ReadOnlyMemory<byte> Content)? file = null;
        await foreach (UploadPart part in Multipart.ReadAsync(request, cancellationToken))
        {
            if (part.FileName is { } name && part.Name == "file" && file is null)
                file = (name, await part.ReadBytesAsync(maxFileBytes, cancellationToken));
            else if (part.FileName is not null)
                throw new BadHttpRequestException(
                    $"'{part.Name}' is one file too many: send one, in the field 'file'."
                );
            else if (Fields.Contains(part.Name, StringComparer.Ordinal))
                fields[part.Name] = await part.ReadTextAsync(cancellationToken);
            else
                throw new BadHttpRequestException(
                    $"There is no field '{part.Name}': use file, {string.Join(", ", Fields)}."
                );
        }
        if (file is not var (fileName, content))
            throw new BadHttpRequestException("The form has no file: send the image in the field 'file'.");
        if (content.Length == 0)
            throw new BadHttpRequestException($"{fileName} is empty: send the image's bytes.");
        var image = new NewImage(
            FormValues.Hospital(fields.GetValueOrDefault("hospital")),
            fileName,
            content,
            fields.GetValueOrDefault("patientId"),
            fields.GetValueOrDefault("view")
        );
        return new ImageForm(
            image,
            FormValues.Model(fields.GetValueOrDefault("model")),
            FormValues.Number("k", fields.GetValueOrDefault("k"), 1, MostK) ?? DefaultK
        );
    }
}
