namespace CxrCluster.Storage.Tests.Engines;

/// <summary>Tests that every engine's catalogue must pass.</summary>
public abstract class CatalogueTests
{
    protected CatalogueTests(CatalogueFixture catalogue)
    {
        Assert.SkipWhen(catalogue.Absence is not null, catalogue.Absence ?? "");
        Catalogue = catalogue;
    }

    protected CatalogueFixture Catalogue { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
