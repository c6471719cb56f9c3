using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table pacs_source, with its fence.</summary>
internal sealed class PacsSourceRow
{
    public required string Hospital { get; init; }
    public required string Url { get; init; }
    public string? Account { get; init; }
    public string? PasswordFrom { get; init; }
    public string? TokenFrom { get; init; }
    public string? CaFile { get; init; }
    public DateTimeOffset? RecentAt { get; init; }
    public DateTimeOffset? MonthAt { get; init; }
    public DateTimeOffset? AllAt { get; init; }
    public string? Fault { get; init; }

    /// <summary>Raised by each coordinator that takes the source over; writes with an older one are refused.</summary>
    public required long Epoch { get; init; }

    public PacsSource ToRecord() =>
        new()
        {
            Hospital = new HospitalId(Hospital),
            Url = Url,
            User = Account,
            PasswordFrom = PasswordFrom,
            TokenFrom = TokenFrom,
            CaFile = CaFile,
            RecentAt = RecentAt,
            MonthAt = MonthAt,
            AllAt = AllAt,
            Fault = Fault,
        };
}
