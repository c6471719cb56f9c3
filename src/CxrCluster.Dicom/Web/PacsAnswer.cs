using System.Net;
using System.Net.Http.Headers;

namespace CxrCluster.Dicom.Web;

/// <summary>A complete answer of a PACS: success, or an error whose meaning depends on the request.</summary>
internal sealed record PacsAnswer(HttpStatusCode Status, MediaTypeHeaderValue? Type, ReadOnlyMemory<byte> Body)
{
    public bool IsMissing => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
