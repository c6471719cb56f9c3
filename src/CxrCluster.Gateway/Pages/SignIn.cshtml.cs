using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxrCluster.Gateway.Pages;

/// <summary>Signs a browser in: by the link that was printed at the start, once, or by the token.</summary>
[AllowAnonymous]
internal sealed class SignInModel(AccessToken token, AuditTrail audit) : PageModel
{
    /// <summary>Why it did not work; null before.</summary>
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code, string? returnUrl)
    {
        if (code is null)
            return Page();
        if (token.TryRedeem(code))
            return await EnterAsync(returnUrl);
        return await RefuseAsync("This link was used before, or belongs to an earlier start. Enter the token instead.");
    }

    public async Task<IActionResult> OnPostAsync(string? secret, string? returnUrl) =>
        token.Matches(secret?.Trim())
            ? await EnterAsync(returnUrl)
            : await RefuseAsync("That is not the token of this gateway. It was printed when the gateway started.");

    public async Task<IActionResult> OnPostOutAsync()
    {
        await audit.WriteAsync(HttpContext, "sign-out");
        await BrowserSession.SignOutAsync(HttpContext);
        return Redirect("/sign-in");
    }

    private async Task<IActionResult> EnterAsync(string? returnUrl)
    {
        await audit.WriteAsync(HttpContext, "sign-in");
        await BrowserSession.SignInAsync(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }

    private async Task<IActionResult> RefuseAsync(string why)
    {
        await audit.WriteAsync(HttpContext, "sign-in-refused");
        Problem = why;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page();
    }
}
