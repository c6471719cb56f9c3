using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Gateway.Jobs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>One job with its progress per hospital.</summary>
internal sealed class JobModel(JobDesk desk) : PageModel
{
    public JobView Job { get; private set; } = null!;

    public bool IsRunning => Job.State == JobState.Running;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, null, out JobId job))
            return NotFound();
        Job = JobView.From(await desk.FindAsync(job, cancellationToken));
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, null, out JobId job))
            return NotFound();
        await desk.CancelAsync(HttpContext, job, cancellationToken);
        return Redirect($"/jobs/{job}");
    }

    public async Task<IActionResult> OnPostRetryAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, null, out JobId job))
            return NotFound();
        await desk.RetryAsync(HttpContext, job, cancellationToken);
        return Redirect($"/jobs/{job}");
    }
}
