using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Imaging.Tests.Support;

/// <summary>FsCheck's runner, silent unless a case fails; the failure names the case and the seed.</summary>
internal static class Cases
{
    public static void AllHold<T>(Gen<T> cases, Action<T> assertions) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll(cases.ToArbitrary(), assertions));
}
