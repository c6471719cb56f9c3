using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>Scores one image that a person sends.</summary>
internal sealed class ScoreModel(
    IInstanceStore instances,
    ModelRegistry models,
    ImageScoring scoring,
    Visibility visibility,
    AuditTrail audit
) : PageModel
{
    public IEnumerable<HospitalId> Hospitals { get; private set; } = [];

    /// <summary>Why the image could not be scored; null before.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Hospitals = (await instances.CountByHospitalAsync(cancellationToken)).Keys.Where(visibility.MaySee);

    public async Task<IActionResult> OnPostAsync(
        string? hospital,
        string? patientId,
        string? view,
        IFormFile? file,
        CancellationToken cancellationToken
    )
    {
        await OnGetAsync(cancellationToken);
        if (!HospitalId.TryParse(hospital, null, out HospitalId owner))
            return Refuse("Name the hospital with 1 to 32 of a-z, 0-9 and -.", StatusCodes.Status400BadRequest);
        if (file is not { Length: > 0 })
            return Refuse("Choose an image file that is not empty.", StatusCodes.Status400BadRequest);
        visibility.Demand(owner);
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellationToken);
        var image = new NewImage(
            owner,
            UploadPart.SafeName(file.FileName),
            content.ToArray(),
            Text(patientId),
            Text(view)
        );
        ModelId model = await models.ResolveAsync(null, cancellationToken);
        ScoredInstance scored = await scoring.ScoreAsync(image, model, cancellationToken);
        await audit.WriteAsync(HttpContext, "score", owner, scored.Instance.Id.ToString());
        return scored.Score.Score is { Outcome: ImageOutcome.Failed, Reason: { } reason }
            ? Refuse(reason.Text, StatusCodes.Status422UnprocessableEntity)
            : Redirect(Show.ImagePage(owner, scored.Instance.Id.Uid));
    }

    private PageResult Refuse(string why, int status)
    {
        Problem = why;
        Response.StatusCode = status;
        return Page();
    }

    private static string? Text(string? field) => string.IsNullOrWhiteSpace(field) ? null : field.Trim();
}
