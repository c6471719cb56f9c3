using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Marks;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Gateway.Similarity;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Marks;
using CxrCluster.Storage.Models;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>One image: picture, lungs, result, similar cases.</summary>
internal sealed class ImageModel(
    IModelStore models,
    ImageLookup images,
    SimilarCases similar,
    ModelSwitch compared,
    MarkDesk desk,
    Visibility visibility,
    AuditTrail audit
) : PageModel
{
    /// <summary>The picture as it came.</summary>
    public const string Original = "original";

    /// <summary>What the network sees.</summary>
    public const string Network = "network";

    /// <summary>The heat map over what the network sees.</summary>
    public const string Heat = "heat";

    public InstanceRecord Image { get; private set; } = null!;

    public ImageScore? Score { get; private set; }

    public ModelId? Active { get; private set; }

    /// <summary>Which picture is shown: one of the names above.</summary>
    public string Picture { get; private set; } = Original;

    public bool HasPicture =>
        Score?.Reason?.Code
            is not (ReasonCodes.Unreadable or ReasonCodes.Missing or ReasonCodes.NoPixels or ReasonCodes.NoDecoder);

    public SimilarAnswer Cases { get; private set; } = SimilarAnswer.None;

    /// <summary>Whose embeddings found the similar cases.</summary>
    public ModelId? Compared { get; private set; }

    /// <summary>What this reader has said of them.</summary>
    public IReadOnlyDictionary<InstanceId, MarkVerdict> Marks { get; private set; } =
        new Dictionary<InstanceId, MarkVerdict>();

    public bool MaySee(HospitalId hospital) => visibility.MaySee(hospital);

    public async Task<IActionResult> OnGetAsync(
        string hospital,
        string uid,
        string? picture,
        CancellationToken cancellationToken
    )
    {
        if (
            !HospitalId.TryParse(hospital, null, out HospitalId owner)
            || !SopInstanceUid.TryParse(uid, null, out SopInstanceUid sop)
        )
            return NotFound();
        var id = new InstanceId(owner, sop);
        Active = (await models.FindActiveAsync(cancellationToken))?.Id;
        (Image, ScoreRecord? score) = await images.FindAsync(id, Active, cancellationToken);
        await audit.WriteAsync(HttpContext, "view-image", owner, id.ToString());
        Score = score?.Score;
        Picture =
            Active is null ? Original
            : picture is Original or Heat ? picture
            : Network;
        if (score is { Score.Outcome: ImageOutcome.Scored })
        {
            await audit.WriteAsync(HttpContext, "similar", owner, id.ToString());
            Cases = await similar.FindAsync(
                new ScoredInstance(Image, score),
                null,
                ImageForm.DefaultK,
                null,
                cancellationToken
            );
            Compared = await compared.ComparedAsync(cancellationToken) ?? Active;
            Marks = await desk.ReadAsync(HttpContext, id, Compared!.Value, cancellationToken);
        }
        return Page();
    }

    /// <summary>A verdict on one of the similar cases.</summary>
    public async Task<IActionResult> OnPostMarkAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        HospitalId neighbourHospital,
        SopInstanceUid neighbourUid,
        ModelId model,
        MarkVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        if (!ModelState.IsValid)
            return BadRequest();
        var request = new MarkRequest(hospital, uid, neighbourHospital, neighbourUid, verdict, model);
        await desk.SetAsync(HttpContext, request, cancellationToken);
        return Redirect($"{Show.ImagePage(hospital, uid)}#case-{neighbourUid}");
    }
}
