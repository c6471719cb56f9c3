using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace CxrCluster.Gateway.Pages;

/// <summary>Style and scripts of the pages, from inside the assembly. Open to everybody: the sign-in page needs them.</summary>
public sealed class Assets
{
    private const string Prefix = "assets/";

    private readonly Dictionary<string, Asset> _files = new(StringComparer.Ordinal);

    /// <summary>Reads them once.</summary>
    public Assets()
    {
        var types = new FileExtensionContentTypeProvider();
        Assembly assembly = typeof(Assets).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            byte[] content = copy.ToArray();
            string hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
            string type = types.TryGetContentType(name, out string? known) ? known : "application/octet-stream";
            _files[name[Prefix.Length..]] = new Asset(content, type, hash);
        }
    }

    /// <summary>Where a page finds the file; the address changes with the content, so it may be kept for ever.</summary>
    public string Url(string name) => $"/{Prefix}{name}?v={_files[name].Hash}";

    internal static void Map(IEndpointRouteBuilder app, Assets assets) =>
        app.MapGet("/" + Prefix + "{name}", (string name, HttpContext http) => assets.Serve(name, http))
            .AllowAnonymous()
            .ExcludeFromDescription();

    private IResult Serve(string name, HttpContext http)
    {
        if (!_files.TryGetValue(name, out Asset? file))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Content, file.Type, entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }

    private sealed record Asset(byte[] Content, string Type, string Hash);
}
