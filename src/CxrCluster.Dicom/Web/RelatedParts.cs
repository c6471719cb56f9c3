using System.Net.Http.Headers;
using System.Text;

namespace CxrCluster.Dicom.Web;

/// <summary>multipart/related (RFC 2387) as DICOMweb uses it: binary parts of type application/dicom.</summary>
internal static class RelatedParts
{
    private const int MaxHeaderBytes = 16 << 10;
    private static readonly byte[] EndOfHeader = "\r\n\r\n"u8.ToArray();

    /// <summary>The only part of a body, or a body that is sent without parts.</summary>
    /// <exception cref="FormatException">The boundary does not occur, a part does not end, or there is more than one.</exception>
    public static ReadOnlyMemory<byte> Single(MediaTypeHeaderValue? type, ReadOnlyMemory<byte> body)
    {
        if (string.Equals(type?.MediaType, "application/dicom", StringComparison.OrdinalIgnoreCase))
            return body;
        if (!string.Equals(type?.MediaType, "multipart/related", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"it is {type?.MediaType ?? "of no type"} instead of multipart/related");
        string boundary =
            type!
                .Parameters.FirstOrDefault(p => string.Equals(p.Name, "boundary", StringComparison.OrdinalIgnoreCase))
                ?.Value?.Trim('"')
            ?? "";
        if (boundary.Length is 0 or > 200)
            throw new FormatException("it names no boundary");
        byte[] delimiter = Encoding.Latin1.GetBytes("--" + boundary);
        ReadOnlySpan<byte> bytes = body.Span;
        int start = bytes[..Math.Min(bytes.Length, MaxHeaderBytes)].IndexOf(delimiter);
        if (start < 0)
            throw new FormatException("the boundary that it names does not occur in it");
        start += delimiter.Length;
        int header = bytes[start..Math.Min(bytes.Length, start + MaxHeaderBytes)].IndexOf(EndOfHeader);
        if (header < 0)
            throw new FormatException("its part has no end of header");
        start += header + EndOfHeader.Length;
        byte[] next = [.. "\r\n"u8, .. delimiter];
        // Pixels come before what ends them: searched from the back, the first hit is the real end.
        int end = bytes[start..].LastIndexOf(next);
        if (end < 0 || !bytes[(start + end + next.Length)..].StartsWith("--"u8))
            throw new FormatException("its last part does not end");
        ReadOnlyMemory<byte> part = body.Slice(start, end);
        if (part.Span.IndexOf([.. next, .. "\r\n"u8]) >= 0)
            throw new FormatException("it has more than one part");
        return part;
    }

    /// <summary>A body of several DICOM files.</summary>
    public static HttpContent Of(IReadOnlyList<ReadOnlyMemory<byte>> files, string boundary)
    {
        var content = new MultipartContent("related", boundary);
        content.Headers.ContentType!.Parameters.Clear();
        content.Headers.ContentType.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        content.Headers.ContentType.Parameters.Add(new NameValueHeaderValue("boundary", boundary));
        foreach (ReadOnlyMemory<byte> file in files)
        {
            var part = new ReadOnlyMemoryContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
            content.Add(part);
        }
        return content;
    }
}
