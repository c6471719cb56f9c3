using System.Text;

namespace CxrCluster.Gateway.Http;

/// <summary>A part of a form.</summary>
/// <param name="name">The field's name.</param>
/// <param name="fileName">The name of the file that was sent, made safe; null for a plain field.</param>
/// <param name="body">What was sent.</param>
internal sealed class UploadPart(string name, string? fileName, Stream body)
{
    private const int LongestField = 4096;
    private const int LongestName = 255;

    public string Name => name;

    /// <summary>Null for a plain field.</summary>
    public string? FileName => fileName;

    /// <summary>A plain field's text, trimmed; null when empty.</summary>
    public async Task<string?> ReadTextAsync(CancellationToken cancellationToken)
    {
        string text = Encoding.UTF8.GetString((await ReadBytesAsync(LongestField, cancellationToken)).Span).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>The whole part.</summary>
    /// <exception cref="BadHttpRequestException">413: it is larger than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBytesAsync(long most, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await CopyToAsync(content, most, cancellationToken);
        return content.GetBuffer().AsMemory(0, (int)content.Length); // no second copy of a large upload
    }

    /// <summary>Copies the part.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="BadHttpRequestException">413: it is larger than allowed.</exception>
    public async Task<long> CopyToAsync(Stream destination, long most, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[81920];
        long total = 0;
        while (await ReadSomeAsync(buffer, cancellationToken) is > 0 and int read)
        {
            total += read;
            if (total > most)
                throw new BadHttpRequestException(
                    $"{fileName ?? name} is larger than the {most} bytes that are taken. Send a smaller one, or raise the limit in the gateway's configuration.",
                    StatusCodes.Status413PayloadTooLarge
                );
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        return total;
    }

    /// <summary>The last part of the path that a client may have sent, without control characters, at most 255 long.</summary>
    public static string SafeName(string sent)
    {
        string last = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        string printable = new([.. last.Where(c => !char.IsControl(c)).Take(LongestName)]);
        return printable.Trim() is { Length: > 0 } safe ? safe : "unnamed";
    }

    private async Task<int> ReadSomeAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception)
            when (exception is InvalidDataException
                || (exception is IOException && exception is not BadHttpRequestException)
            )
        {
            throw new BadHttpRequestException(
                $"{fileName ?? name} did not arrive whole: {exception.Message}",
                exception
            );
        }
    }
}
