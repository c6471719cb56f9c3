using CxrCluster.Storage.Audit;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Audit;

public abstract class AuditLogTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    [Fact]
    public async Task ReadLatest_AfterAppends_NewestFirst()
    {
        IAuditLog log = Catalogue.Get<IAuditLog>();
        var sample = new Sample();
        AuditEntry[] entries =
        [
            new(Sample.Start, "dana", "sign-in", null, null),
            new(Sample.Start, "dana", "view-image", sample.Hospital(), "1.2.3"),
            new(Sample.Start.AddSeconds(-1), "token-1", "job-submit", sample.Hospital(1), "job-7"), // a slow clock
        ];
        foreach (AuditEntry entry in entries)
            await log.AppendAsync(entry, Cancel);

        Assert.Equal(entries.Reverse(), await log.ReadLatestAsync(3, Cancel));
        Assert.Equal([entries[2]], await log.ReadLatestAsync(1, Cancel));
    }
}

public sealed class SqliteAuditLogTests(SqliteCatalogue catalogue)
    : AuditLogTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresAuditLogTests(PostgresCatalogue catalogue)
    : AuditLogTests(catalogue),
        IClassFixture<PostgresCatalogue>;
