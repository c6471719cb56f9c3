namespace CxrCluster.Cli.Doctor;

/// <summary>One line of `cxr doctor`.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Detail">What was found; for warn and fail also what to install or change.</param>
internal sealed record CheckResult(string Check, CheckStatus Status, string Detail)
{
    /// <summary>It works.</summary>
    public static CheckResult Ok(string check, string detail) => new(check, CheckStatus.Ok, detail);

    /// <summary>It works, with a but.</summary>
    public static CheckResult Warn(string check, string detail) => new(check, CheckStatus.Warn, detail);

    /// <summary>It does not work.</summary>
    public static CheckResult Fail(string check, string detail) => new(check, CheckStatus.Fail, detail);
}
