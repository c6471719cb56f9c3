using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CxrCluster.Contracts.Tests;

/// <summary>Sends a value through Orleans' serializer, as between two silos.</summary>
internal static class Wire
{
    private static readonly Serializer Serializer = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(Identity.HospitalIdTests).Assembly))
        .BuildServiceProvider()
        .GetRequiredService<Serializer>();

    public static T Send<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}
