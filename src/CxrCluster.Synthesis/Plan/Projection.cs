namespace CxrCluster.Synthesis.Plan;

/// <summary>The direction of the rays.</summary>
internal enum Projection
{
    /// <summary>Antero-posterior, as of a portable machine: a larger heart, less inspiration.</summary>
    AP,

    /// <summary>Postero-anterior, standing.</summary>
    PA,

    /// <summary>From the side.</summary>
    Lateral,
}
