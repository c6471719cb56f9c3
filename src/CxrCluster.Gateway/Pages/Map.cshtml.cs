using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Maps;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>All embeddings on one plane.</summary>
internal sealed class MapModel(MapDesk desk, AuditTrail audit) : PageModel
{
    /// <summary>Null when none was made yet.</summary>
    public MapView? Map { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await audit.WriteAsync(HttpContext, "view-map");
        Map = await desk.ReadAsync(cancellationToken);
    }
}
