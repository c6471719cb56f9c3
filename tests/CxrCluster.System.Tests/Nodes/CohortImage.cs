using CxrCluster.Imaging.Cohorts;
using CxrCluster.Synthesis;

namespace CxrCluster.System.Tests.Nodes;

/// <summary>A radiograph on disk.</summary>
internal sealed record CohortImage(string Path, string Name, string Hospital, string PatientId)
{
    /// <summary>The real radiographs where they are, a synthetic cohort elsewhere.</summary>
    /// <param name="folder">Where a synthetic cohort may be written.</param>
    /// <param name="cancellationToken">Gives up writing it.</param>
    public static async Task<IReadOnlyList<CohortImage>> LoadAsync(string folder, CancellationToken cancellationToken)
    {
        if (Repository.RealRadiographs is not { } cohort)
        {
            cohort = folder;
            var options = new SynthesisOptions
            {
                Patients = 150,
                Side = 256,
                Seed = 4,
            };
            await new CohortSynthesizer(options).WriteAsync(cohort, null, cancellationToken);
        }
        return
        [
            .. CohortManifest
                .Read(global::System.IO.Path.Combine(cohort, "manifest.csv"), (_, _) => { })
                .Where(r => !Views.IsLateral(r.View))
                .Select(r => new CohortImage(
                    global::System.IO.Path.Combine(cohort, "images", r.Image),
                    r.Image,
                    r.Hospital,
                    r.PatientId
                )),
        ];
    }
}
