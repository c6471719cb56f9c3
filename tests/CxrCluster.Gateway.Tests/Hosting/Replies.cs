using System.Net;
using System.Text.Json;
using CxrCluster.Imaging;

namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>Checks and helpers that many tests share.</summary>
internal static class Replies
{
    /// <summary>The answer is an RFC 9457 problem of the status; returns its members.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage reply, HttpStatusCode status)
    {
        string body = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == status, $"{reply.StatusCode} instead of {status}: {body}");
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonElement.Parse(body);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    /// <summary>The answer is JSON and good.</summary>
    public static async Task<JsonElement> ShouldBeJsonAsync(
        this HttpResponseMessage reply,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        string body = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == status, $"{reply.StatusCode} instead of {status}: {body}");
        Assert.Equal("application/json", reply.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(body);
    }

    public static string Detail(this JsonElement problem) => problem.GetProperty("detail").GetString()!;

    /// <summary>A form with fields first and one file after.</summary>
    public static MultipartFormDataContent Form(
        byte[]? file,
        string fileName,
        params (string Name, string Value)[] fields
    )
    {
        var form = new MultipartFormDataContent();
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value), name);
        if (file is not null)
            form.Add(new ByteArrayContent(file), "file", fileName);
        return form;
    }

    /// <summary>A gray gradient that the reader takes for a radiograph.</summary>
    public static byte[] Png(int width, int height) =>
        PngWriter.Encode(
            width,
            height,
            [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % width * 255 / width))]
        );
}
