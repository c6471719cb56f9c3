namespace CxrCluster.Synthesis.Plan;

/// <summary>What is wrong with a patient's lungs.</summary>
internal enum Pathology
{
    /// <summary>Nothing.</summary>
    Normal,

    /// <summary>Peripheral, bilateral, lower-zone ground-glass opacities: the positive class.</summary>
    Covid19,

    /// <summary>One consolidated lobe or one-sided patches.</summary>
    Pneumonia,

    /// <summary>Fluid in one pleural space, or unequal in both.</summary>
    Effusion,

    /// <summary>Perihilar haze on both sides, a large heart, some fluid.</summary>
    Edema,

    /// <summary>One to three round nodules.</summary>
    Nodule,
}
