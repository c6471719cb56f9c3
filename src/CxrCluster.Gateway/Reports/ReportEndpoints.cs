using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace CxrCluster.Gateway.Reports;

/// <summary>Serves a folder of evaluation reports.</summary>
internal static class ReportEndpoints
{
    private const string Page = "report.html";

    public static void Map(IEndpointRouteBuilder app, GatewayOptions options)
    {
        if (options.ReportFolder.Length == 0)
            return;
        var files = new PhysicalFileProvider(Path.GetFullPath(options.ReportFolder));
        var types = new FileExtensionContentTypeProvider();
        app.MapGet("/reports/{**path}", (string? path) => Serve(files, types, path ?? "")).ExcludeFromDescription();
    }

    /// <summary>The provider refuses paths that leave the folder.</summary>
    private static IResult Serve(PhysicalFileProvider files, FileExtensionContentTypeProvider types, string path)
    {
        string wanted = path.Length == 0 || path.EndsWith('/') ? path + Page : path;
        IFileInfo file = files.GetFileInfo(wanted);
        if (file is not { Exists: true, IsDirectory: false, PhysicalPath: { } physical })
            return TypedResults.NotFound();
        string type = types.TryGetContentType(wanted, out string? known) ? known : "application/octet-stream";
        return TypedResults.PhysicalFile(physical, type, lastModified: file.LastModified);
    }
}
