using System.Text;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Models;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage.Models;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>The registered models.</summary>
internal sealed class ModelsModel(IModelStore models, ModelActivation activation) : PageModel
{
    public IReadOnlyList<(ModelRecord Record, ModelManifest? Manifest)> Models { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Models = [.. (await models.ListAsync(cancellationToken)).Select(m => (m, Parse(m)))];

    public async Task<IActionResult> OnPostActivateAsync(string id, CancellationToken cancellationToken)
    {
        if (!ModelId.TryParse(id, null, out ModelId model))
            return NotFound();
        await activation.ActivateAsync(HttpContext, model, cancellationToken);
        return Redirect("/models");
    }

    private static ModelManifest? Parse(ModelRecord model)
    {
        try
        {
            return ModelManifest.Parse(Encoding.UTF8.GetBytes(model.Manifest));
        }
        catch (InvalidBundleException)
        {
            return null; // the row is shown without it
        }
    }
}
