using CxrCluster.Dicom.Decoder.Gdcm;

namespace CxrCluster.Dicom.Tests.Support;

/// <summary>Whether this machine can decode compressed pixels.</summary>
internal static class Gdcm
{
    /// <summary>Skips the running test, loudly, where GDCM is absent.</summary>
    public static void Demand() =>
        Assert.SkipUnless(
            File.Exists(Path.Combine(GdcmBinding.DefaultFolder, "gdcm-sharp.dll")),
            "GDCM is absent: run eng/setup.sh (package libgdcm-cil)"
        );
}
