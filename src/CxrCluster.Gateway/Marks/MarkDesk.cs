using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Marks;

namespace CxrCluster.Gateway.Marks;

/// <summary>Takes readers' verdicts on similar cases.</summary>
internal sealed class MarkDesk(
    IMarkStore marks,
    ImageLookup images,
    ModelRegistry models,
    ModelSwitch compared,
    SharingPolicy sharing,
    Visibility visibility,
    AuditTrail audit,
    TimeProvider time
)
{
    /// <summary>
    /// Records a verdict under the ids that the reader has. Another hospital's neighbour is not looked up, neither by its
    /// pseudonym nor otherwise: an answer that depended on it would tell whether somebody is there.
    /// </summary>
    /// <exception cref="BadHttpRequestException">404: no such image; 403: it may not be seen; 400: a mark on itself.</exception>
    public async Task<SimilarMark> SetAsync(HttpContext http, MarkRequest request, CancellationToken cancellationToken)
    {
        var image = new InstanceId(request.Hospital, request.Uid);
        var neighbour = new InstanceId(request.NeighbourHospital, request.NeighbourUid);
        if (!Enum.IsDefined(request.Verdict))
            throw new BadHttpRequestException("The verdict is none: give similar or notSimilar.");
        if (image == neighbour)
            throw new BadHttpRequestException($"{image} is not a neighbour of itself: name one that the search found.");
        await images.FindAsync(image, cancellationToken);
        if (visibility.MaySee(neighbour.Hospital))
            await images.FindAsync(neighbour, cancellationToken);
        else if (!sharing.MaySee(visibility.Reader, neighbour.Hospital))
            throw new BadHttpRequestException(
                $"{neighbour.Hospital} does not share its cases with readers of {visibility.Reader}: there is nothing to mark.",
                StatusCodes.Status403Forbidden
            );
        ModelId model = await models.ResolveAsync(
            request.Model ?? await compared.ComparedAsync(cancellationToken),
            cancellationToken
        );
        var mark = new SimilarMark(image, neighbour, model, request.Verdict, Reader(http), time.GetUtcNow());
        await audit.WriteAsync(http, "mark-similar", image.Hospital, $"{image} {mark.Verdict} {neighbour}");
        await marks.SetAsync(mark, cancellationToken);
        return mark;
    }

    /// <summary>The verdicts that this reader has given on an image's neighbours, by neighbour.</summary>
    public async Task<IReadOnlyDictionary<InstanceId, MarkVerdict>> ReadAsync(
        HttpContext http,
        InstanceId image,
        ModelId model,
        CancellationToken cancellationToken
    ) =>
        (await marks.ReadAsync(image, model, Reader(http), cancellationToken)).ToDictionary(
            mark => mark.Neighbour,
            mark => mark.Verdict
        );

    private static string Reader(HttpContext http) => http.User.Identity?.Name ?? "anonymous";
}
