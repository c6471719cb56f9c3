using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CxrCluster.Gateway.Http;

/// <summary>Reads multipart/form-data part by part, so that an upload is never held whole unless somebody wants it whole.</summary>
internal static class Multipart
{
    private const int LongestBoundary = 200;

    /// <summary>The parts in the order sent; each must be used before the next is asked for.</summary>
    /// <exception cref="BadHttpRequestException">The body is no multipart form, or ends early.</exception>
    public static async IAsyncEnumerable<UploadPart> ReadAsync(
        HttpRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reader = new MultipartReader(Boundary(request), request.Body);
        while (await NextAsync(reader, cancellationToken) is { } part)
            yield return part;
    }

    private static string Boundary(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary
        )
            throw new BadHttpRequestException(
                "Send the image as multipart/form-data, as 'curl -F file=@IMAGE' does.",
                StatusCodes.Status415UnsupportedMediaType
            );
        return boundary;
    }

    private static async Task<UploadPart?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        MultipartSection? section;
        try
        {
            section = await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is InvalidDataException
                || (exception is IOException && exception is not BadHttpRequestException)
            )
        {
            throw new BadHttpRequestException($"The multipart body cannot be read: {exception.Message}", exception);
        }
        if (section is null)
            return null;
        ContentDispositionHeaderValue? disposition = section.GetContentDispositionHeader();
        string? name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value;
        if (disposition is null || string.IsNullOrEmpty(name))
            throw new BadHttpRequestException(
                "A part of the multipart body has no name: use name=\"file\" and the like."
            );
        string? file = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
        return new UploadPart(name, file is null ? null : UploadPart.SafeName(file), section.Body);
    }
}
