using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Evaluation.Confounds;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Evaluation.Reports;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Evaluation.Tests.Reports;

public sealed class EvaluationReportTests : IDisposable
{
    private static readonly string[] Pictures =
    [
        "roc.png",
        "pr.png",
        "histogram.png",
        "confusion.png",
        "calibration.png",
    ];
    private static readonly Prediction[] Cohort = Samples.Cohort(48);
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("cxr-report-").FullName, "new");

    private static EvaluationInput Plain =>
        new()
        {
            Title = "Four hospitals",
            Model = "covid@0123456789abcdef",
            Predictions = Cohort,
            Time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)),
        };

    private static EvaluationInput Full =>
        Plain with
        {
            Embeddings = Samples.Embed(Cohort),
            Unscored = [new("x.png", "north", UnscoredKind.Excluded, "lateral view")],
            Caution = "Numbers on synthetic images prove nothing.",
            ReadImage = (_, _) => Task.FromResult<byte[]?>(null),
        };

    private static EvaluationInput Rich =>
        Full with
        {
            Facts = [.. Cohort.Select((p, i) => Facts(p, i < 4))],
            TrainingFacts = [.. Cohort.Select(p => Facts(p, hard: false))],
            Training =
            [
                .. Cohort.Zip(
                    Samples.Embed(Cohort),
                    (p, e) =>
                        new EmbeddedPrediction(
                            new Prediction($"t{p.Image}", p.Hospital, $"t{p.PatientId}", p.Label, p.Probability),
                            e
                        )
                ),
            ],
            Confounds = ConfoundReport.Compute(
                [.. Cohort.Select(p => new ProbeImage(p, p.Hospital, [1f], [p.Label]))],
                MaskedScore.Compute([.. Cohort.Select(p => new MaskedPicture(p, p, 0.4))], 1, 1, Cancellation),
                1,
                Cancellation
            ),
        };

    private static ImageFacts Facts(Prediction p, bool hard) =>
        new(p.Image, p.Hospital, p.PatientId, p.Label)
        {
            View = p.Label == 1 ? "AP" : null,
            Sex = "F",
            Age = "50",
            Hard = hard,
        };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public async Task WriteAsync_Everything_WritesTheFilesOfTheInterface()
    {
        await WriteAsync(Full);

        string[] files =
        [
            .. Pictures,
            "similar.png",
            "tsne.png",
            "metrics.json",
            "predictions.csv",
            "embeddings.csv",
            "hard-cases.csv",
            "report.html",
        ];
        Assert.Equal(files.Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task WriteAsync_Metrics_HaveTheFormOfTheInterface()
    {
        EvaluationResult result = await WriteAsync(Full);

        JsonElement json = ReadMetrics();
        Assert.Equal(48, json.GetProperty("n").GetInt32());
        Assert.Equal(result.Metrics.Positives, json.GetProperty("positives").GetInt32());
        Assert.Equal(0.5, json.GetProperty("threshold").GetDouble());
        Assert.Equal(result.Metrics.Accuracy, json.GetProperty("accuracy").GetDouble());
        Assert.Equal(result.Metrics.Sensitivity, json.GetProperty("sensitivity").GetDouble());
        Assert.Equal(result.Metrics.Specificity, json.GetProperty("specificity").GetDouble());
        Assert.Equal(result.Metrics.Precision, json.GetProperty("precision").GetDouble());
        Assert.Equal(result.Metrics.RocAuc, json.GetProperty("rocAuc").GetDouble());
        Assert.Equal(result.Metrics.PrAuc, json.GetProperty("prAuc").GetDouble());
        Assert.Equal(["tp", "fp", "tn", "fn"], Names(json.GetProperty("confusion")));
        Assert.Equal(["k", "accuracy", "sensitivity"], Names(json.GetProperty("knn")));
        Assert.Equal(
            [1, 2, 4, 8],
            json.GetProperty("retrieval").EnumerateArray().Select(at => at.GetProperty("k").GetInt32())
        );
        Assert.Equal(
            json.GetProperty("knn").GetProperty("accuracy").GetRawText(),
            json.GetProperty("retrieval")[2].GetProperty("average").GetProperty("accuracy").GetRawText()
        );
        Assert.Equal(["all", "positive", "negative", "across"], Names(json.GetProperty("distances")));
        Assert.Equal(["mean", "sd"], Names(json.GetProperty("distances").GetProperty("across")));
        Assert.Equal(
            result.Distances!.Across.Sd,
            json.GetProperty("distances").GetProperty("across").GetProperty("sd").GetDouble()
        );
    }

    [Fact]
    public async Task WriteAsync_MetricsBeyondTheInterface_AreInTheFile()
    {
        EvaluationResult result = await WriteAsync(Rich);

        JsonElement json = ReadMetrics();
        JsonElement interval = json.GetProperty("intervals").GetProperty("rocAuc");
        Assert.Equal(result.Intervals[MetricKind.RocAuc].Lower, interval.GetProperty("lower").GetDouble());
        Assert.True(json.GetProperty("rocAuc").GetDouble() <= interval.GetProperty("upper").GetDouble());
        Assert.Equal(1000, json.GetProperty("bootstrap").GetProperty("resamples").GetInt32());
        Assert.Equal(5, json.GetProperty("operatingPoints").GetArrayLength());
        Assert.Equal("training images", json.GetProperty("neighboursFrom").GetString());
        Assert.Equal(4, json.GetProperty("groups").GetProperty("hospitals").GetArrayLength());
        Assert.Equal(2, json.GetProperty("groups").GetProperty("views").GetArrayLength());
        Assert.Equal(4, json.GetProperty("hardCases").GetProperty("marked").GetProperty("n").GetInt32());
        Assert.Equal("told", json.GetProperty("confounds").GetProperty("probes")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task WriteAsync_RichPage_ShowsEverySection()
    {
        await WriteAsync(Rich);

        string html = await File.ReadAllTextAsync(PathOf("report.html"), Cancellation);
        string[] expected =
        [
            "<h2>Cohort</h2>",
            "Table 1.",
            "age, mean",
            "training, positive",
            "89.7 (314/350)",
            "4 images marked as hard by radiologists",
            "<h2>Confounders</h2>",
            "<b>Confounded.</b>",
            "border alone",
            "With the lungs masked out (40.0 % of the picture on average)",
            "view",
            "unknown",
        ];
        Assert.All(expected, text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", Fixture.WithoutPictures(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_SeveralModels_StandInTableTwo()
    {
        await WriteAsync(
            Plain with
            {
                Compared = [("other@1", ClassificationMetrics.Compute(Samples.Of((1, 0.9), (0, 0.9))))],
            }
        );

        string html = await File.ReadAllTextAsync(PathOf("report.html"), Cancellation);
        Assert.Contains("other@1", html, StringComparison.Ordinal);
        Assert.Contains("50.0 (1/2)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_HardCases_AreListed()
    {
        EvaluationResult result = await WriteAsync(Full);

        var rows = ReadCsv("hard-cases.csv");
        Assert.Equal(
            ["rank", "image", "hospital", "patient_id", "label", "probability", "predicted", "marked"],
            rows[0]
        );
        Assert.Equal(result.Hard.Count + 1, rows.Count);
        Assert.Equal(result.Hard[0].Prediction.Image, rows[1][1]);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            EvaluationReport.WriteAsync(folder, Full, new CancellationToken(canceled: true))
        );

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task WriteAsync_OneClassWithoutEmbeddings_WritesNullsForWhatIsUndefined()
    {
        await WriteAsync(Plain with { Predictions = Samples.Of((1, 0.2)) });

        JsonElement json = ReadMetrics();
        foreach (string name in new[] { "specificity", "precision", "rocAuc", "knn", "distances" })
            Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind);
        Assert.DoesNotContain(
            "NaN",
            Fixture.WithoutPictures(await File.ReadAllTextAsync(PathOf("report.html"), Cancellation)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WriteAsync_Csv_ReadsBackToTheSameBits()
    {
        Prediction[] odd = [new("a, \"b\".png", "north", "p\n1", 1, 1 / 3.0), new("c.png", "south", "é", 0, 0.1)];
        float[][] embeddings =
        [
            [1 / 3f, -2e-7f],
            [float.MaxValue, 0],
        ];
        await WriteAsync(Plain with { Predictions = odd, Embeddings = embeddings });

        var rows = ReadCsv("predictions.csv");
        Assert.Equal(["image", "hospital", "patient_id", "label", "probability", "predicted"], rows[0]);
        Assert.Equal(["a, \"b\".png", "north", "p\n1", "1", "0.3333333333333333", "0"], rows[1]);
        Assert.Equal("c.png", rows[2][0]);
        rows = ReadCsv("embeddings.csv");
        Assert.Equal(["image", "hospital", "patient_id", "label", "e0", "e1"], rows[0]);
        for (int i = 0; i < embeddings.Length; i++)
            Assert.Equal(
                embeddings[i],
                rows[i + 1][4..].Select(field => float.Parse(field, CultureInfo.InvariantCulture))
            );
    }

    [Fact]
    public async Task WriteAsync_Page_NeedsNothingBesideItself()
    {
        await WriteAsync(Full);

        string html = await File.ReadAllTextAsync(PathOf("report.html"), Cancellation);
        Assert.DoesNotMatch("(?i)<script|<link|@import|https?:|url\\(", html);
        MatchCollection images = Regex.Matches(
            html,
            "<img alt=\"[^\"]+\" src=\"data:image/png;base64,(?<png>[^\"]+)\"",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(5)
        );
        Assert.Equal(7, images.Count);
        Assert.Equal(7, Regex.Count(html, "<img"));
        byte[] first = Convert.FromBase64String(images[0].Groups["png"].Value);
        Assert.Equal(await File.ReadAllBytesAsync(PathOf("roc.png"), Cancellation), first);
    }

    [Fact]
    public async Task WriteAsync_Page_ReadsLikeAResultsSection()
    {
        EvaluationResult result = await WriteAsync(Full);

        string html = await File.ReadAllTextAsync(PathOf("report.html"), Cancellation);
        Assert.Contains(
            "49 images from 4 hospitals. 48 scored, of 24 patients: 16 positive and 32 negative. 1 excluded, 0 failed.",
            html,
            StringComparison.Ordinal
        );
        int right = result.Metrics.Confusion.Tp + result.Metrics.Confusion.Tn;
        Assert.Contains($"{100.0 * right / 48:0.0} ({right}/48)", html, StringComparison.Ordinal);
        Assert.Contains("Numbers on synthetic images prove nothing.", html, StringComparison.Ordinal);
        Assert.Contains("2026-05-04 03:02 UTC", html, StringComparison.Ordinal);
        Assert.Contains("lateral view", html, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(html, "<table>"), Regex.Count(html, "<caption>"));
        Assert.Equal(Regex.Count(html, "<tr>"), Regex.Count(html, "<tr>\n<th scope=\"row\"|<thead><tr>"));
    }

    [Fact]
    public async Task WriteAsync_HostileNames_AreEncoded()
    {
        const string hostile = "<script>alert('\"&')</script>";
        await WriteAsync(
            Plain with
            {
                Title = hostile,
                Model = hostile,
                Caution = hostile,
                Predictions = [new(hostile, hostile, hostile, 1, 0.1)],
                Unscored = [new(hostile, hostile, UnscoredKind.Failed, hostile)],
            }
        );

        string html = await File.ReadAllTextAsync(PathOf("report.html"), Cancellation);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_AfterARicherReport_LeavesNoFileOfIt()
    {
        await WriteAsync(Full);
        await WriteAsync(Plain);

        Assert.False(File.Exists(PathOf("embeddings.csv")));
        Assert.False(File.Exists(PathOf("tsne.png")));
        Assert.False(File.Exists(PathOf("similar.png")));
        Assert.All(Pictures, picture => Assert.True(File.Exists(PathOf(picture))));
    }

    [Fact]
    public async Task WriteAsync_EqualInput_GivesEqualBytes()
    {
        await WriteAsync(Full);
        byte[] first = await File.ReadAllBytesAsync(PathOf("report.html"), Cancellation);
        await WriteAsync(Full);

        Assert.Equal(first, await File.ReadAllBytesAsync(PathOf("report.html"), Cancellation));
    }

    public static TheoryData<string, Func<EvaluationInput, EvaluationInput>> Unusable { get; } =
        new()
        {
            { "There is no scored image to evaluate", input => input with { Predictions = [] } },
            { "Threshold is 1.5", input => input with { Threshold = 1.5 } },
            { "Threshold is NaN", input => input with { Threshold = double.NaN } },
            { "Bootstraps is 0", input => input with { Bootstraps = 0 } },
            { "Perplexity is 0", input => input with { TSne = new TSneOptions { Perplexity = 0 } } },
            { "K is 0", input => input with { K = 0 } },
            {
                "There are 1 embeddings for 48 predictions",
                input =>
                    input with
                    {
                        Embeddings =
                        [
                            [1f],
                        ],
                    }
            },
            {
                "The embedding of 5.png has 2 components, the first one 6",
                input => input with { Embeddings = Spoilt(5, [1, 2]) }
            },
            {
                "The embedding of 7.png has a component",
                input => input with { Embeddings = Spoilt(7, [0, 0, 0, 0, 0, float.NaN]) }
            },
            {
                "The embedding of 0.png has 0 components",
                input => input with { Embeddings = [.. Cohort.Select(_ => Array.Empty<float>())] }
            },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task WriteAsync_UnusableInput_IsRefusedBeforeAnythingIsWritten(
        string sentence,
        Func<EvaluationInput, EvaluationInput> spoil
    )
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(spoil(Plain)));

        Assert.StartsWith(sentence, exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static float[][] Spoilt(int row, float[] vector)
    {
        float[][] embeddings = Samples.Embed(Cohort);
        embeddings[row] = vector;
        return embeddings;
    }

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    private Task<EvaluationResult> WriteAsync(EvaluationInput input) =>
        EvaluationReport.WriteAsync(folder, input, Cancellation);

    private string PathOf(string file) => Path.Combine(folder, file);

    private JsonElement ReadMetrics() =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(PathOf("metrics.json")));

    private List<string[]> ReadCsv(string file)
    {
        using var csv = new CsvParser(new StreamReader(PathOf(file)), CultureInfo.InvariantCulture);
        List<string[]> rows = [];
        while (csv.Read())
            rows.Add(csv.Record!);
        return rows;
    }
}
