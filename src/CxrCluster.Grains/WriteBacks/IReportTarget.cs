using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.WriteBacks;

/// <summary>Where a hospital's reports go.</summary>
public interface IReportTarget
{
    /// <summary>Stores DICOM files. Those that are there already count as stored: a lost answer may be asked for again.</summary>
    /// <exception cref="ReportRefusedException">It will never take them.</exception>
    /// <exception cref="Exception">Anything else: worth trying again.</exception>
    Task StoreAsync(
        HospitalId hospital,
        IReadOnlyList<ReadOnlyMemory<byte>> files,
        CancellationToken cancellationToken
    );
}
