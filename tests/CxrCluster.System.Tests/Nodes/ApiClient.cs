using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CxrCluster.System.Tests.Nodes;

/// <summary>The REST API as a script uses it.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int ImagesPerUpload = 16;

    private readonly HttpClient _http;

    public ApiClient(string url, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(url + "/api/v1/"), Timeout = TimeSpan.FromMinutes(3) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Registers and activates a bundle.</summary>
    public async Task PushModelAsync(string folder, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        foreach (string file in Directory.GetFiles(folder))
            form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
        JsonElement model = await PostAsync("models", form, cancellationToken);
        await PostAsync($"models/{model.GetProperty("id").GetString()}:activate", null, cancellationToken);
    }

    /// <summary>Admits images, in uploads of a few.</summary>
    public async Task AdmitAsync(IEnumerable<CohortImage> images, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, CohortImage> hospital in images.GroupBy(i => i.Hospital, StringComparer.Ordinal))
        foreach (CohortImage[] chunk in hospital.Chunk(ImagesPerUpload))
        {
            using var form = new MultipartFormDataContent { { new StringContent(hospital.Key), "hospital" } };
            foreach (CohortImage image in chunk)
            {
                form.Add(new StringContent(image.PatientId), "patientId");
                form.Add(
                    new ByteArrayContent(await File.ReadAllBytesAsync(image.Path, cancellationToken)),
                    "file",
                    image.Name
                );
            }
            await PostAsync("images", form, cancellationToken);
        }
    }

    /// <summary>Starts a job over everything in the ledger; its id.</summary>
    public async Task<string> SubmitJobAsync(CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new { hospitals = "all" });
        JsonElement job = await PostAsync("jobs", body, cancellationToken);
        return job.GetProperty("id").GetString()!;
    }

    /// <summary>The job's progress when the condition holds first.</summary>
    public async Task<JsonElement> WaitForJobAsync(
        string job,
        Func<JsonElement, bool> condition,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            JsonElement progress = await _http.GetFromJsonAsync<JsonElement>($"jobs/{job}", cancellationToken);
            if (condition(progress))
                return progress;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The lines of a job's results.</summary>
    public async Task<IReadOnlyList<JsonElement>> ResultsAsync(string job, CancellationToken cancellationToken)
    {
        string lines = await _http.GetStringAsync($"jobs/{job}/results", cancellationToken);
        return
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonSerializer.Deserialize<JsonElement>(l)),
        ];
    }

    /// <summary>Cases like one that is in the index.</summary>
    public async Task<JsonElement> SimilarAsync(string hospital, string uid, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(
            new
            {
                hospital,
                uid,
                k = 4,
            }
        );
        return await PostAsync("similar", body, cancellationToken);
    }

    /// <summary>GET of a JSON answer.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        _http.GetFromJsonAsync<JsonElement>(path, cancellationToken);

    /// <summary>GET of an answer as it is.</summary>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        _http.GetStringAsync(path, cancellationToken);

    /// <summary>POST of JSON.</summary>
    public async Task<JsonElement> PostJsonAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body);
        return await PostAsync(path, content, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.PostAsync(path, content, cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"POST {path} answered {(int)response.StatusCode}: {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }
}
