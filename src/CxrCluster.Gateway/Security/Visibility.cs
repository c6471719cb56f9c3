using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Security;

/// <summary>Whose patients this gateway shows.</summary>
internal sealed class Visibility(GatewayOptions options)
{
    /// <summary>The hospital whose readers use it; null for an operator of all.</summary>
    public HospitalId? Reader { get; } = options.Reader.Length == 0 ? null : new HospitalId(options.Reader);

    /// <summary>Whether images of the hospital may be seen.</summary>
    public bool MaySee(HospitalId hospital) => Reader is null || Reader == hospital;

    /// <exception cref="BadHttpRequestException">403: the hospital's images may not be seen here.</exception>
    public void Demand(HospitalId hospital)
    {
        if (!MaySee(hospital))
            throw new BadHttpRequestException(
                $"This gateway is for readers of {Reader}; images of {hospital} are not shown here.",
                StatusCodes.Status403Forbidden
            );
    }

    /// <summary>The hospitals to list: those asked for, or all that may be seen (null: every one).</summary>
    /// <exception cref="BadHttpRequestException">403: one of them may not be seen.</exception>
    public IReadOnlyList<HospitalId>? Scope(IReadOnlyList<HospitalId>? asked)
    {
        if (asked is not { Count: > 0 })
            return Reader is { } own ? [own] : null;
        foreach (HospitalId hospital in asked)
            Demand(hospital);
        return asked;
    }
}
