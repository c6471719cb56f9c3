using CxrCluster.Gateway.Http;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Gateway.Models;

/// <summary>The files of a bundle, streamed to a folder that goes away with this.</summary>
internal sealed class BundleUpload : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-bundle-");

    /// <summary>Where they lie.</summary>
    public string Folder => _folder.FullName;

    /// <exception cref="BadHttpRequestException">A file is missing, unknown, sent twice, or they are too large.</exception>
    public async Task ReceiveAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        string files = string.Join(", ", ModelBundle.Files);
        var arrived = new HashSet<string>(StringComparer.Ordinal);
        long left = maxBytes;
        await foreach (UploadPart part in Multipart.ReadAsync(request, cancellationToken))
        {
            if (part.FileName is not { } name || !ModelBundle.Files.Contains(name, StringComparer.Ordinal))
                throw new BadHttpRequestException(
                    $"'{part.FileName ?? part.Name}' is not a file of a model bundle: send {files}."
                );
            if (!arrived.Add(name))
                throw new BadHttpRequestException($"{name} was sent twice: send each of {files} once.");
            await using FileStream file = File.Create(Path.Combine(Folder, name));
            left -= await part.CopyToAsync(file, left, cancellationToken);
        }
        if (arrived.Count != ModelBundle.Files.Count)
            throw new BadHttpRequestException(
                $"{string.Join(", ", ModelBundle.Files.Except(arrived, StringComparer.Ordinal))} is missing: send {files}."
            );
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
