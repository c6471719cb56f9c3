using CxrCluster.Gateway.Sweeps;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>The sweeps.</summary>
internal sealed class SweepsModel(SweepDesk desk) : PageModel
{
    public IReadOnlyList<SweepView> Sweeps { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Sweeps = await desk.ListAsync(cancellationToken);
}
