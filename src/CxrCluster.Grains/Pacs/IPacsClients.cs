using CxrCluster.Dicom.Web;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Grains.Pacs;

/// <summary>Makes clients of PACSs.</summary>
public interface IPacsClients
{
    /// <summary>A client of the source's PACS, which the caller disposes.</summary>
    /// <exception cref="PacsRefusedException">The source is not right, or a secret is not where it says.</exception>
    IPacsClient Open(PacsSource source);
}
