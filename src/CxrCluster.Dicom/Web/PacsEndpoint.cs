using System.Net;

namespace CxrCluster.Dicom.Web;

/// <summary>Where a hospital's PACS is and how it is entered. Holds references to secrets, never the secrets.</summary>
public sealed record PacsEndpoint
{
    /// <summary>The hospital's id.</summary>
    public required string Hospital { get; init; }

    /// <summary>Root of the DICOMweb services, "https://pacs.north.example/dicom-web".</summary>
    public required string Url { get; init; }

    /// <summary>User of basic authentication; null: none.</summary>
    public string? User { get; init; }

    /// <summary>Reference to that user's password, see <see cref="SecretReference"/>.</summary>
    public string? PasswordFrom { get; init; }

    /// <summary>Reference to a bearer token, instead of user and password.</summary>
    public string? TokenFrom { get; init; }

    /// <summary>PEM file with the authorities that alone may vouch for the server; null: those of the machine.</summary>
    public string? CaFile { get; init; }

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        string who = $"PACS of hospital {Hospital}";
        if (
            !Uri.TryCreate(Url, UriKind.Absolute, out Uri? url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        )
        {
            yield return $"{who}: '{Url}' is no web address: give the DICOMweb root, such as https://HOST/dicom-web.";
            yield break;
        }
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return $"{who}: the address holds more than scheme, host and path: give the user apart and its password by reference.";
        if ((User is null) != (PasswordFrom is null))
            yield return $"{who}: a user and a password go together: give both or none.";
        if (User?.Contains(':', StringComparison.Ordinal) == true)
            yield return $"{who}: a user name with a colon does not go through basic authentication.";
        if (User is not null && TokenFrom is not null)
            yield return $"{who}: both a password and a token are given: give one.";
        foreach (string? reference in (string?[])[PasswordFrom, TokenFrom])
            if (reference is not null && SecretReference.Problem(reference) is { } problem)
                yield return $"{who}: {problem}";
        if ((User ?? TokenFrom) is not null && url.Scheme == Uri.UriSchemeHttp && !IsLoopback(url))
            yield return $"{who}: {url.Host} would get the credentials in the clear: use https.";
        if (CaFile is not null && !File.Exists(CaFile))
            yield return $"{who}: the file of authorities '{CaFile}' is not there.";
    }

    private static bool IsLoopback(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
