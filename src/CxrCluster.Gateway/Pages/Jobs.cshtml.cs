using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Jobs;
using CxrCluster.Gateway.Security;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Models;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>The jobs, and a form that starts one.</summary>
internal sealed class JobsModel(JobDesk desk, IInstanceStore instances, IModelStore models, Visibility visibility)
    : PageModel
{
    public IReadOnlyList<JobView> Jobs { get; private set; } = [];

    public IReadOnlyDictionary<HospitalId, int> Hospitals { get; private set; } = new Dictionary<HospitalId, int>();

    public ModelId? Active { get; private set; }

    /// <summary>What is wrong with the form; null before.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Jobs = await desk.ListAsync(cancellationToken);
        Active = (await models.FindActiveAsync(cancellationToken))?.Id;
        Hospitals = (await instances.CountByHospitalAsync(cancellationToken))
            .Where(h => visibility.MaySee(h.Key))
            .ToDictionary();
    }

    public async Task<IActionResult> OnPostAsync(string[] hospital, CancellationToken cancellationToken)
    {
        List<HospitalId> chosen =
        [
            .. hospital.Where(h => HospitalId.TryParse(h, null, out _)).Select(h => new HospitalId(h)),
        ];
        if (chosen.Count == 0)
        {
            Problem = "Choose at least one hospital.";
            await OnGetAsync(cancellationToken);
            return Page();
        }
        JobView job = await desk.SubmitAsync(
            HttpContext,
            new JobRequest(new HospitalSelection(chosen)),
            cancellationToken
        );
        return Redirect($"/jobs/{job.Id}");
    }
}
