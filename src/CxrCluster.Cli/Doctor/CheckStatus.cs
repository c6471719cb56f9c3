namespace CxrCluster.Cli.Doctor;

/// <summary>What a check found.</summary>
internal enum CheckStatus
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It works, but something should be known or changed.</summary>
    Warn,

    /// <summary>It does not work: something must be installed or changed.</summary>
    Fail,
}
