namespace CxrCluster.Evaluation.Confounds;

/// <summary>
/// Whether class, hospital and source can be told from where they should not be. Zech et al. 2018 and DeGrave et al. 2021
/// show that classifiers of chest X-rays learn such short cuts.
/// </summary>
/// <param name="Probes">In the order of the report.</param>
/// <param name="Masked">The classifier without lungs; null where there were no pictures.</param>
/// <param name="Warnings">A sentence per sign that the class can be told from outside the lungs; empty if there is none.</param>
public sealed record ConfoundReport(
    IReadOnlyList<ProbeResult> Probes,
    MaskedScore? Masked,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Runs all probes.</summary>
    public static ConfoundReport Compute(
        IReadOnlyList<ProbeImage> images,
        MaskedScore? masked,
        int seed,
        CancellationToken cancellationToken
    )
    {
        List<ProbeResult> probes = [];
        probes.Add(Class("border", image => image.Border));
        foreach ((string name, Func<ProbeImage, string?> kind) in Origins)
        {
            string[] kinds = [.. images.Select(kind).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            if (kinds.Length == 0)
                continue;
            probes.Add(
                kinds.Length == 1
                    ? ProbeResult.Undefined("class", name, $"all images are of one {name}")
                    : Class(name, image => kind(image) is { } own ? OneOf(kinds, own) : null)
            );
            probes.Add(Origin(name, kind, "border", image => image.Border));
            probes.Add(Origin(name, kind, "embedding", image => image.Embedding?.Select(e => (double)e).ToArray()));
        }
        return new ConfoundReport(probes, masked, [.. Judge(images, probes, masked)]);

        ProbeResult Class(string from, Func<ProbeImage, double[]?> features) =>
            Probe.Run(
                "class",
                image => image.Prediction.Label == 1 ? "positive" : "negative",
                from,
                features,
                withinClass: false,
                images,
                seed,
                cancellationToken
            );

        ProbeResult Origin(
            string target,
            Func<ProbeImage, string?> kind,
            string from,
            Func<ProbeImage, double[]?> features
        ) => Probe.Run(target, kind, from, features, withinClass: true, images, seed, cancellationToken);
    }

    private static (string Name, Func<ProbeImage, string?> Kind)[] Origins =>
        [("hospital", image => image.Prediction.Hospital), ("source", image => image.Source)];

    private static double[] OneOf(string[] kinds, string own) => [.. kinds.Select(kind => kind == own ? 1.0 : 0.0)];

    private static IEnumerable<string> Judge(
        IReadOnlyList<ProbeImage> images,
        List<ProbeResult> probes,
        MaskedScore? masked
    )
    {
        if (Find("class", "border") is { Verdict: "told" } border)
            yield return $"The class can be told from the picture's border alone (ROC AUC {Area(border)}).";
        if (masked is { TellsWithoutLungs: true })
            yield return "The classifier tells the classes apart with the lungs masked out (ROC AUC "
                + $"{masked.MaskedAuc:0.00}, 95 % CI {masked.Masked.Lower:0.00}–{masked.Masked.Upper:0.00}; with lungs {masked.FullAuc:0.00}).";
        foreach ((string name, Func<ProbeImage, string?> kind) in Origins)
        {
            // Only where the origin says something about the class does a picture that shows the origin give the class away.
            if (Find("class", name) is not { Verdict: "told" } told)
                continue;
            string seen = string.Join(
                " and ",
                probes.Where(p => p.Target == name && p.Verdict == "told").Select(p => $"{p.From} ({p.Auc:0.00})")
            );
            bool apart = images
                .Where(image => kind(image) is not null)
                .GroupBy(kind, StringComparer.Ordinal)
                .All(g => g.DistinctBy(image => image.Prediction.Label).Count() == 1);
            if (apart || seen.Length > 0)
                yield return $"The {name} says which class an image is (ROC AUC {Area(told)})"
                    + (seen.Length > 0 ? $", and the {name} can be told from the {seen}" : "")
                    + "."
                    + (
                        apart
                            ? $" Every {name} has images of one class only: nothing here can tell a classifier of the disease "
                                + $"from one of the {name}."
                            : ""
                    );
        }

        ProbeResult? Find(string target, string from) => probes.Find(p => p.Target == target && p.From == from);

        static string Area(ProbeResult probe) => $"{probe.Auc:0.00}, 95 % CI {probe.Lower:0.00}–{probe.Upper:0.00}";
    }
}
