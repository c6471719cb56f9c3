using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Synthesis.Acquisition;
using CxrCluster.Synthesis.Output;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis;

/// <summary>
/// Writes a synthetic cohort: chest phantoms with exact lung masks and a manifest. Every image is a pure function of
/// (seed, side, patient, image), so neither the number of threads nor their order changes a byte.
/// </summary>
public sealed class CohortSynthesizer
{
    private readonly SynthesisOptions _options;

    /// <summary>A synthesizer of one cohort.</summary>
    /// <param name="options">What the cohort should contain.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message says which and what to choose.</exception>
    public CohortSynthesizer(SynthesisOptions options)
    {
        var faults = string.Join(' ', options.Validate());
        if (faults.Length > 0)
        {
            throw new ArgumentException(faults, nameof(options));
        }

        _options = options;
    }

    /// <summary>
    /// Writes <c>images/</c>, <c>masks/</c> and, last, <c>manifest.csv</c> into a folder that is new, empty, or holds an
    /// earlier synthetic cohort, which is replaced.
    /// </summary>
    /// <param name="folder">Where to write; made when it does not exist.</param>
    /// <param name="progress">Told after each image how many are done; counts never go back.</param>
    /// <param name="cancellationToken">Stops between two images; the folder then lacks the manifest and can be written again.</param>
    /// <exception cref="CohortFolderException">The folder holds something else than a synthetic cohort.</exception>
    public async Task<CohortSummary> WriteAsync(
        string folder,
        IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var target = new CohortFolder(folder);
        target.Prepare(_options);
        var plan = CohortPlan.Create(_options);
        var reporting = new Lock();
        var done = 0;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Parallelism(),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            plan,
            parallel,
            async (image, ct) =>
            {
                await WriteImageAsync(target, image, ct);
                lock (reporting)
                {
                    progress?.Report((++done, plan.Count));
                }
            }
        );
        CohortManifest.Write(target.Manifest, [.. plan.Select(image => ManifestRows.Create(image, _options))]);
        return Summarise(target, plan);
    }

    // Some forty bytes a pixel are in use while an image is made: 64 megapixels at once keep that below 3 GiB.
    private int Parallelism() =>
        _options.Parallelism > 0
            ? _options.Parallelism
            : Math.Clamp((64 << 20) / (_options.Side * _options.Side), 1, Environment.ProcessorCount);

    private async Task WriteImageAsync(CohortFolder target, ImagePlan image, CancellationToken cancellationToken)
    {
        var picture = Camera.Take(_options.Seed, _options.Side, image);
        var name = ImageFile.NameOf(image, _options.Format);
        var bytes = ImageFile.Encode(picture, image, _options);
        await File.WriteAllBytesAsync(Path.Combine(target.Images, name), bytes, cancellationToken);
        if (picture.LungMask is { } mask)
        {
            var encoded = PngWriter.Encode(picture.Width, picture.Height, mask);
            await File.WriteAllBytesAsync(Path.Combine(target.Masks, $"{image.Name}.png"), encoded, cancellationToken);
        }
    }

    private static CohortSummary Summarise(CohortFolder target, IReadOnlyList<ImagePlan> plan) =>
        new(
            target.Manifest,
            target.Images,
            target.Masks,
            [
                .. plan.GroupBy(image => image.Patient.Machine.Hospital)
                    .Select(hospital => new HospitalSummary(
                        hospital.Key,
                        hospital.Count(image => image.Number == 1),
                        hospital.Count(image => image.Number == 1 && image.Patient.Label == 1),
                        hospital.Count(),
                        hospital.Count(image => image.Patient.Label == 1)
                    )),
            ],
            plan.Count(image => image.Projection == Projection.Lateral),
            plan.Count(image => image.Rectangle)
        );
}
