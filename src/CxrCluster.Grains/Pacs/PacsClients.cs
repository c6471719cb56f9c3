using CxrCluster.Dicom.Web;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Pacs;

/// <inheritdoc cref="IPacsClients"/>
public sealed class PacsClients(IOptions<PacsOptions> options, TimeProvider time) : IPacsClients
{
    /// <inheritdoc />
    public IPacsClient Open(PacsSource source) =>
        new PacsClient(EndpointOf(source), options.Value.Client, Random.Shared, time);

    /// <summary>The source as the client knows it.</summary>
    public static PacsEndpoint EndpointOf(PacsSource source) =>
        new()
        {
            Hospital = source.Hospital.Value,
            Url = source.Url,
            User = source.User,
            PasswordFrom = source.PasswordFrom,
            TokenFrom = source.TokenFrom,
            CaFile = source.CaFile,
        };
}
