using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CxrCluster.Storage.Tests;

public sealed class StorageOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine()
    {
        Assert.Empty(new CatalogueOptions().Validate());
        Assert.Empty(new BlobOptions().Validate());
    }

    [Fact]
    public void Validate_EachFault_OneSentenceWithoutSecrets()
    {
        CatalogueOptions[] catalogues =
        [
            new() { Provider = (CatalogueProvider)7 },
            new() { Path = " " },
            new() { Provider = CatalogueProvider.Postgres },
            new() { Provider = CatalogueProvider.Postgres, ConnectionString = "Password=hunter2;Nonsense=1" },
            new() { Provider = CatalogueProvider.Postgres, ConnectionString = "hunter2" },
            new() { Provider = CatalogueProvider.Postgres, ConnectionString = "Host=h;Port=hunter2" },
        ];
        BlobOptions[] blobs =
        [
            new() { Provider = (BlobProvider)7 },
            new() { Folder = "" },
            new() { Provider = BlobProvider.Azure },
            new()
            {
                Provider = BlobProvider.Azure,
                ConnectionString = "x=hunter2",
                Container = "Up",
            },
        ];

        Assert.All(
            catalogues,
            o => Assert.DoesNotContain("hunter2", Assert.Single(o.Validate()), StringComparison.Ordinal)
        );
        Assert.All(blobs, o => Assert.DoesNotContain("hunter2", Assert.Single(o.Validate()), StringComparison.Ordinal));
    }

    [Fact]
    public void AddCxrStorage_WrongOptions_IsRefusedWithEverySentence()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() =>
            new ServiceCollection().AddCxrStorage(new CatalogueOptions { Path = "" }, new BlobOptions { Folder = "" })
        );

        Assert.Equal(2, refusal.Failures.Count());
    }
}
