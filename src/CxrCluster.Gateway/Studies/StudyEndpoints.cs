using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Studies;

/// <summary>Results and hospitals.</summary>
internal static class StudyEndpoints
{
    /// <summary>Rows per page when none are asked for.</summary>
    public const int DefaultLimit = 50;

    private const int MostRows = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("studies", ListAsync)
            .WithName("listStudies")
            .WithTags("studies")
            .WithSummary("Results, most probable first; page by page with the cursor")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("hospitals", HospitalsAsync)
            .WithName("listHospitals")
            .WithTags("studies")
            .WithSummary("Hospitals that have images");
    }

    private static async Task<StudyPage> ListAsync(
        HttpContext http,
        Visibility visibility,
        ModelRegistry models,
        IScoreStore scores,
        AuditTrail audit,
        HospitalId[] hospital,
        DateTimeOffset? from,
        DateTimeOffset? to,
        double? minProbability,
        ModelId? model,
        string? cursor,
        CancellationToken cancellationToken,
        int limit = DefaultLimit
    )
    {
        var query = new WorklistQuery(
            await models.ResolveAsync(model, cancellationToken),
            visibility.Scope(hospital),
            from,
            to,
            minProbability,
            cursor,
            Math.Clamp(limit, 1, MostRows)
        );
        await audit.WriteAsync(http, "list-studies", hospital.Length == 1 ? hospital[0] : null);
        WorklistPage page = await Worklist.ReadAsync(scores, query, cancellationToken);
        return new StudyPage([.. page.Rows.Select(r => new ImageResult(r.Instance, r.Score))], page.NextCursor);
    }

    private static async Task<IReadOnlyList<HospitalImages>> HospitalsAsync(
        IInstanceStore instances,
        Visibility visibility,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await instances.CountByHospitalAsync(cancellationToken))
                .Where(h => visibility.MaySee(h.Key))
                .Select(h => new HospitalImages(h.Key, h.Value)),
        ];
}
