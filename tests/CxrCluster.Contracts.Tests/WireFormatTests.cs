using System.Reflection;
using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Tests;

public sealed class WireFormatTests
{
    private static readonly Type[] Contracts = [.. typeof(HospitalId).Assembly.GetExportedTypes()];

    [Fact]
    public void Alias_OfTypesOnTheWire_IsThereAndUnique()
    {
        Type[] sent =
        [
            .. Contracts.Where(type =>
                type.GetCustomAttribute<GenerateSerializerAttribute>() is not null
                || (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            ),
        ];
        string?[] aliases = [.. sent.Select(type => type.GetCustomAttribute<AliasAttribute>()?.Alias)];

        Assert.NotEmpty(sent);
        Assert.All(aliases, Assert.NotNull);
        Assert.Equal(aliases.Length, aliases.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Alias_OfGrainMethods_IsThereAndUniqueWithinTheGrain()
    {
        foreach (Type grain in Contracts.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))))
        {
            string?[] aliases =
            [
                .. grain.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()?.Alias),
            ];
            Assert.All(aliases, Assert.NotNull);
            Assert.Equal(aliases.Length, aliases.Distinct(StringComparer.Ordinal).Count());
        }
    }
}
