namespace CxrCluster.Synthesis.Plan;

/// <summary>Things in, on and around a patient that the X-ray also shows.</summary>
[Flags]
internal enum Devices
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Central venous catheter.</summary>
    CentralLine = 1,

    /// <summary>Pacemaker with its leads.</summary>
    Pacemaker = 2,

    /// <summary>ECG electrodes and cables.</summary>
    EcgLeads = 4,

    /// <summary>Endotracheal tube.</summary>
    TrachealTube = 8,

    /// <summary>Nasogastric tube.</summary>
    GastricTube = 16,
}
