namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>One gateway for the tests of a class, with its defaults.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    public TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
