using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Maps;
using CxrCluster.Grains.Similarity;

namespace CxrCluster.Gateway.Maps;

/// <summary>Shows the map to a reader: own patients in full, pseudonyms of those that share, nothing of the others.</summary>
internal sealed class MapDesk(
    ModelSwitch models,
    EmbeddingMaps maps,
    SharingPolicy sharing,
    Pseudonymiser pseudonyms,
    Visibility visibility
)
{
    /// <summary>The map of the compared model; null when none was made yet.</summary>
    public async Task<MapView?> ReadAsync(CancellationToken cancellationToken)
    {
        if (
            await models.ComparedAsync(cancellationToken) is not { } model
            || await maps.ReadAsync(model, cancellationToken) is not { } map
        )
            return null;
        ILookup<bool, HospitalCount> hospitals = map.Hospitals.ToLookup(h =>
            sharing.MaySee(visibility.Reader, h.Hospital)
        );
        var shown = hospitals[true].Select(h => h.Hospital).ToHashSet();
        MapPointView[] points =
        [
            .. map
                .Points.Where(p => shown.Contains(p.Hospital))
                .Select(View)
                .OrderBy(p => p.Hospital) // by what the reader sees: the true order of UIDs would tell of them
                .ThenBy(p => p.Uid),
        ];
        return new MapView(
            map.Model,
            hospitals[true].Sum(h => h.Embeddings),
            points.Length,
            map.Perplexity,
            map.Seed,
            map.ComputedAt,
            [.. hospitals[false].Select(h => h.Hospital)],
            points
        );
    }

    private MapPointView View(MapPoint point)
    {
        Neighbour seen = pseudonyms.For(
            visibility.Reader,
            new Neighbour(
                new InstanceId(point.Hospital, point.Uid),
                point.PatientId,
                point.Name,
                Distance: 0,
                point.Probability,
                point.Label,
                point.View,
                point.ReceivedAt
            )
        );
        return new MapPointView(
            point.X,
            point.Y,
            seen.Instance.Hospital,
            seen.Instance.Uid,
            seen.PatientId,
            seen.ImageName,
            seen.Probability,
            seen.Label,
            seen.View,
            seen.TakenAt,
            visibility.MaySee(point.Hospital)
        );
    }
}
