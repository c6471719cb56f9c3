using CxrCluster.Gateway.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace CxrCluster.Gateway.Pages;

/// <summary>What a browser sees when something went wrong.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Text { get; private set; } = "";

    public void OnGet(int code) => Explain(code);

    public void OnPost(int code) => Explain(code);

    private void Explain(int code)
    {
        Heading = ReasonPhrases.GetReasonPhrase(code) is { Length: > 0 } phrase ? phrase : "Something went wrong";
        Text = ErrorText.Of(HttpContext) ?? Default(code);
    }

    private static string Default(int code) =>
        code switch
        {
            StatusCodes.Status400BadRequest =>
                "The form could not be taken: the file may be too large, or the page older than this start of the gateway. Go back, reload the page and try again.",
            StatusCodes.Status404NotFound => "There is nothing at this address. Start from the worklist.",
            StatusCodes.Status429TooManyRequests => "The gateway is busy. Try again in some seconds.",
            >= 500 => "The gateway could not do this; its log says why. Try again, then look there.",
            _ => "The gateway did not take this request.",
        };
}
