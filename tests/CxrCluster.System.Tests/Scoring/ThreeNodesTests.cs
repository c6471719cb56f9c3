using System.Text.Json;
using CxrCluster.System.Tests.Nodes;
using Npgsql;

namespace CxrCluster.System.Tests.Scoring;

/// <summary>Three nodes over Redis, PostgreSQL and Azurite; one is killed while they score.</summary>
public sealed class ThreeNodesTests
{
    [Theory]
    [InlineData("inference")]
    [InlineData("coordinator")]
    public async Task Score_OneNodeKilledOnTheWay_EveryImageScoredOnce(string victim)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using ProductionCluster cluster = await ProductionCluster.StartAsync();
        try
        {
            IReadOnlyList<CohortImage> images = await CohortImage.LoadAsync(
                Path.Combine(cluster.Folder, "cohort"),
                token
            );
            NodeProcess coordinator = await cluster.StartNodeAsync("coordinator", "gateway,jobs,index", token);
            await cluster.StartNodeAsync("preprocess", "preprocess", token);
            NodeProcess inference = await cluster.StartNodeAsync("inference", "inference", token, "cpu", "cpu");
            var api = new ApiClient(coordinator.Url, ProductionCluster.Token);
            try
            {
                await api.PushModelAsync(RandomModel.Write(Path.Combine(cluster.Folder, "bundle")).Folder, token);
                await api.AdmitAsync(images, token);
                string job = await api.SubmitJobAsync(token);
                JsonElement atKill = await api.WaitForJobAsync(
                    job,
                    j => Count(j, "finished") >= images.Count / 10,
                    token
                );

                if (victim == "inference")
                {
                    await inference.KillAsync();
                    await cluster.StartNodeAsync("inference-2", "inference", token, "cpu", "cpu");
                }
                else
                {
                    await coordinator.KillAsync();
                    coordinator = await cluster.StartNodeAsync("coordinator-2", "gateway,jobs,index", token);
                    api.Dispose();
                    api = new ApiClient(coordinator.Url, ProductionCluster.Token);
                }
                JsonElement done = await api.WaitForJobAsync(
                    job,
                    j => j.GetProperty("state").GetString() == "done",
                    token
                );
                IReadOnlyList<JsonElement> results = await api.ResultsAsync(job, token);

                TestContext.Current.TestOutputHelper!.WriteLine(
                    $"killed {victim} at {Count(atKill, "finished")} of {images.Count}; scored {Count(done, "scored")}"
                );
                Assert.InRange(Count(atKill, "finished"), 1, images.Count - 1);
                Assert.Equal(images.Count, Count(done, "total"));
                Assert.Equal(images.Count, Count(done, "scored") + Count(done, "excluded"));
                Assert.Equal(images.Count, results.Select(Identity).Distinct(StringComparer.Ordinal).Count());
                Assert.Equal(images.Count, await RowsAsync(cluster.Catalogue, "score"));
                Assert.Equal(
                    Count(done, "scored"),
                    results.Count(r => r.GetProperty("probability").ValueKind == JsonValueKind.Number)
                );

                JsonElement asked = results.First(r => r.GetProperty("status").GetString() == "scored");
                JsonElement similar = await api.SimilarAsync(
                    asked.GetProperty("hospital").GetString()!,
                    asked.GetProperty("uid").GetString()!,
                    token
                );
                Assert.Equal(4, similar.GetProperty("similar").GetArrayLength());
            }
            finally
            {
                api.Dispose();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{exception.Message}\n{cluster.Log}", exception);
        }
    }

    private static int Count(JsonElement job, string name) => job.GetProperty(name).GetInt32();

    private static string Identity(JsonElement result) =>
        $"{result.GetProperty("hospital").GetString()}/{result.GetProperty("uid").GetString()}";

    private static async Task<int> RowsAsync(string connectionString, string table)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand count = source.CreateCommand($"select count(*)::int from {table}");
        return (int)(await count.ExecuteScalarAsync())!;
    }
}
