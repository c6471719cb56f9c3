using Orleans.Metadata;
using Orleans.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>
/// The strategy behind <see cref="RequireRoleAttribute"/>. Orleans' own metadata filter compares with the calling silo and so
/// cannot say "role = index"; this one carries the value in the grain type's properties.
/// </summary>
public sealed class RequireRoleFilter(string role, int order) : PlacementFilterStrategy(order)
{
    private const string RoleProperty = "role";

    /// <summary>For Orleans, which fills it by <see cref="AdditionalInitialize"/>.</summary>
    public RequireRoleFilter()
        : this("", 0) { }

    /// <summary>The role asked for.</summary>
    public string Role { get; private set; } = role;

    /// <inheritdoc />
    public override void AdditionalInitialize(GrainProperties properties) =>
        Role =
            GetPlacementFilterGrainProperty(RoleProperty, properties)
            ?? throw new InvalidOperationException("A grain type with [RequireRole] has no role in its properties.");

    /// <inheritdoc />
    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        IReadOnlyDictionary<string, string> existingProperties
    ) => [new(RoleProperty, Role)];
}
