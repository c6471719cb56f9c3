namespace CxrCluster.Synthesis;

/// <summary>The file format of the images of a synthetic cohort. Lung masks are 8-bit PNG files in every format.</summary>
public enum SynthesisFormat
{
    /// <summary>Gray PNG, 8 or 16 bits by hospital; brighter = denser everywhere.</summary>
    Png,

    /// <summary>
    /// Uncompressed DICOM (Digital or Computed Radiography storage), 12 to 16 bits and MONOCHROME1 or MONOCHROME2 by hospital.
    /// </summary>
    Dicom,
}
