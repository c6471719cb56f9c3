using System.Text.Json;

namespace CxrCluster.Storage.Tests;

/// <summary>Equality of records that hold arrays: by what is in them.</summary>
internal static class Same
{
    public static void Value<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
