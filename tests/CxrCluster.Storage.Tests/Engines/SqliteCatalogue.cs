using CxrCluster.Storage.Catalogue;

namespace CxrCluster.Storage.Tests.Engines;

/// <summary>SQLite files in a temporary folder.</summary>
public sealed class SqliteCatalogue : CatalogueFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-catalogue-").FullName;

    public override Task<CatalogueOptions?> CreateEmptyAsync() =>
        Task.FromResult<CatalogueOptions?>(
            new CatalogueOptions { Path = Path.Combine(_folder, $"{Guid.NewGuid():N}", "catalogue.db") }
        );

    protected override Task RemoveAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
