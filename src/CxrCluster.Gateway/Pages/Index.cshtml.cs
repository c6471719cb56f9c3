using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Security;
using CxrCluster.Gateway.Studies;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Models;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace CxrCluster.Gateway.Pages;

/// <summary>The worklist: results of the active model, most probable first.</summary>
internal sealed class IndexModel(
    IModelStore models,
    IInstanceStore instances,
    IScoreStore scores,
    Visibility visibility,
    AuditTrail audit
) : PageModel
{
    private const int RowsPerPage = 25;

    public ModelId? Active { get; private set; }

    public IReadOnlyDictionary<HospitalId, int> Hospitals { get; private set; } = new Dictionary<HospitalId, int>();

    public HospitalId? Hospital { get; private set; }

    /// <summary>Least probability, percent.</summary>
    public int? Least { get; private set; }

    public DateOnly? From { get; private set; }

    public DateOnly? To { get; private set; }

    public IReadOnlyList<ScoredInstance> Rows { get; private set; } = [];

    public bool IsFirstPage { get; private set; }

    public string FirstPage => Address(null);

    public string? NextPage { get; private set; }

    public async Task OnGetAsync(
        string? hospital,
        int? least,
        DateOnly? from,
        DateOnly? to,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        Hospital = HospitalId.TryParse(hospital, null, out HospitalId id) ? id : null;
        (Least, From, To, IsFirstPage) = (least, from, to, cursor is null);
        Hospitals = (await instances.CountByHospitalAsync(cancellationToken))
            .Where(h => visibility.MaySee(h.Key))
            .ToDictionary();
        Active = (await models.FindActiveAsync(cancellationToken))?.Id;
        if (Active is not { } model)
            return;
        var query = new WorklistQuery(
            model,
            visibility.Scope(Hospital is { } one ? [one] : null),
            Midnight(from),
            Midnight(to?.AddDays(1)),
            least / 100.0,
            cursor,
            RowsPerPage
        );
        await audit.WriteAsync(HttpContext, "list-studies", Hospital);
        WorklistPage page = await Worklist.ReadAsync(scores, query, cancellationToken);
        Rows = page.Rows;
        NextPage = page.NextCursor is { } next ? Address(next) : null;
    }

    private string Address(string? cursor) =>
        QueryHelpers.AddQueryString(
            "/",
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["hospital"] = Hospital?.Value,
                ["least"] = Least?.ToString(),
                ["from"] = From?.ToString("O"),
                ["to"] = To?.ToString("O"),
                ["cursor"] = cursor,
            }.Where(p => p.Value is not null)
        );

    private static DateTimeOffset? Midnight(DateOnly? day) =>
        day is { } date ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
