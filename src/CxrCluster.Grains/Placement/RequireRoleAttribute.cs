using Orleans.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>Places a grain only on silos that have the role.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequireRoleAttribute(string role, int order = 0)
    : PlacementFilterAttribute(new RequireRoleFilter(role, order));
