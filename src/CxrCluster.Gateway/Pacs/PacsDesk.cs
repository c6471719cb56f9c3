using System.Text.RegularExpressions;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Pacs;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Gateway.Pacs;

/// <summary>PACS sources as the API handles them: only those whose hospital may be seen.</summary>
internal sealed partial class PacsDesk(
    IPacsStore store,
    IGrainFactory grains,
    GatewayOptions options,
    Visibility visibility,
    AuditTrail audit
)
{
    private const string SecretVariables = "CXR_PACS_";

    public async Task<IReadOnlyList<PacsView>> ListAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken);
        return
        [
            .. (await store.ListSourcesAsync(cancellationToken))
                .Where(s => visibility.MaySee(s.Hospital))
                .Select(s => PacsView.From(s, counts)),
        ];
    }

    /// <exception cref="BadHttpRequestException">400: the request is not right; 403: the hospital may not be seen.</exception>
    public async Task<PacsView> PutAsync(HttpContext http, PacsRequest request, CancellationToken cancellationToken)
    {
        visibility.Demand(request.Hospital);
        var source = new PacsSource
        {
            Hospital = request.Hospital,
            Url = request.Url,
            User = request.User,
            PasswordFrom = request.PasswordFrom,
            TokenFrom = request.TokenFrom,
            CaFile = request.CaFile,
        };
        // The file of authorities is looked for by the nodes that use it; the gateway may be another.
        string[] problems =
        [
            .. (PacsClients.EndpointOf(source) with { CaFile = null }).Validate(),
            .. new[] { request.PasswordFrom, request.TokenFrom }.OfType<string>().SelectMany(Unpermitted),
        ];
        if (problems.Length > 0)
            throw new BadHttpRequestException(string.Join(' ', problems));
        await audit.WriteAsync(http, "pacs-put", source.Hospital, source.Url);
        await store.PutSourceAsync(source, cancellationToken);
        await Grain(source.Hospital).Restart();
        return (await ListAsync(cancellationToken)).Single(v => v.Hospital == source.Hospital);
    }

    public async Task RemoveAsync(HttpContext http, HospitalId hospital, CancellationToken cancellationToken)
    {
        await DemandAsync(hospital, cancellationToken);
        await audit.WriteAsync(http, "pacs-remove", hospital);
        await store.RemoveSourceAsync(hospital, cancellationToken);
        await Grain(hospital).Restart();
    }

    /// <summary>Asks the PACS something, from the node that looks after it.</summary>
    public async Task<PacsCheckReply> CheckAsync(HospitalId hospital, CancellationToken cancellationToken)
    {
        await DemandAsync(hospital, cancellationToken);
        string? fault = await Grain(hospital).Check();
        return new PacsCheckReply(hospital, fault is null, fault);
    }

    /// <summary>Has everything looked through soon.</summary>
    public async Task SweepAsync(HttpContext http, HospitalId hospital, CancellationToken cancellationToken)
    {
        await DemandAsync(hospital, cancellationToken);
        await audit.WriteAsync(http, "pacs-sweep", hospital);
        await Grain(hospital).Hint(new PacsHint(Everything: true));
    }

    /// <summary>Passes a hint on.</summary>
    public async Task NotifyAsync(
        HttpContext http,
        HospitalId hospital,
        PacsNotice notice,
        CancellationToken cancellationToken
    )
    {
        await DemandAsync(hospital, cancellationToken);
        if (notice.Study is { } study && !Uid().IsMatch(study))
            throw new BadHttpRequestException($"'{study}' is no study instance UID: give digits and dots, at most 64.");
        if (notice is { Study: null, Urgent: true })
            throw new BadHttpRequestException("Only a study can be urgent: name it.");
        if (notice.Urgent)
            await audit.WriteAsync(http, "pacs-urgent", hospital, notice.Study);
        await Grain(hospital).Hint(new PacsHint(notice.Study, notice.Urgent));
    }

    private async Task DemandAsync(HospitalId hospital, CancellationToken cancellationToken)
    {
        visibility.Demand(hospital);
        if ((await store.ListSourcesAsync(cancellationToken)).All(s => s.Hospital != hospital))
            throw new BadHttpRequestException(
                $"Hospital {hospital} has no PACS here. Add it first: 'cxr pacs add {hospital} --dicomweb URL'.",
                StatusCodes.Status404NotFound
            );
    }

    /// <summary>Whoever may add a source must not have the nodes send any secret of theirs to an address of his.</summary>
    private IEnumerable<string> Unpermitted(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            if (!reference.StartsWith("env:" + SecretVariables, StringComparison.Ordinal))
                yield return $"A secret's environment variable begins with {SecretVariables}, so that no other of the node can be sent out.";
        }
        else if (
            !Path.GetFullPath(reference["file:".Length..])
                .StartsWith(
                    Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.PacsSecretFolder))
                        + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                )
        )
            yield return $"A secret's file lies in {options.PacsSecretFolder} (Gateway:PacsSecretFolder), so that no other file of the node can be sent out.";
    }

    private IPacsSourceGrain Grain(HospitalId hospital) => grains.GetGrain<IPacsSourceGrain>(hospital.Value);

    [GeneratedRegex(@"\A[0-9.]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uid();
}
