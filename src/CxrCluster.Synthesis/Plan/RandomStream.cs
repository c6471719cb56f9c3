namespace CxrCluster.Synthesis.Plan;

/// <summary>
/// Independent random streams. Each draws from its own generator, so that a change to one (more vessels, say) leaves the
/// others (who is ill, which machine) as they were. The numbers are part of the derivation: append, never renumber.
/// </summary>
internal enum RandomStream
{
    /// <summary>A hospital's machine.</summary>
    Machine = 1,

    /// <summary>Who a patient is: sex, age, severity, finding, number of images.</summary>
    Patient = 2,

    /// <summary>A patient's body.</summary>
    Body = 3,

    /// <summary>Where a patient's disease sits.</summary>
    Disease = 4,

    /// <summary>A patient's devices and where they lie.</summary>
    Devices = 5,

    /// <summary>A patient's pulmonary vessels.</summary>
    Vessels = 6,

    /// <summary>What one image is: view, course of the disease, artifact, dates.</summary>
    Image = 7,

    /// <summary>How the patient stands in one image, and the exposure.</summary>
    Pose = 8,

    /// <summary>Quantum noise of one image.</summary>
    Noise = 9,

    /// <summary>Borders, markers, text and rectangles of one image.</summary>
    Annotation = 10,
}
