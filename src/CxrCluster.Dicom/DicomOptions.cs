using CxrCluster.Dicom.Decoding;

namespace CxrCluster.Dicom;

/// <summary>How DICOM files are read, section "Dicom" of a node's configuration.</summary>
public sealed class DicomOptions
{
    /// <summary>What is done with several frames.</summary>
    public MultiFramePolicy MultiFrame { get; set; } = MultiFramePolicy.FirstFrame;

    /// <summary>Modalities that can be chest X-rays: computed, digital and film radiography; empty means these three.</summary>
    public IList<string> Modalities { get; init; } = [];

    /// <summary>The processes that decode compressed pixels.</summary>
    public DecoderOptions Decoder { get; set; } = new();

    /// <summary>The modalities in force.</summary>
    internal IReadOnlyList<string> EffectiveModalities => Modalities.Count > 0 ? [.. Modalities] : ["CR", "DX", "RG"];

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var modality in Modalities.Where(m => m.Length is 0 or > 16))
        {
            yield return $"Dicom:Modalities has '{modality}': write values of (0008,0060), such as CR and DX.";
        }

        foreach (var problem in Decoder.Validate())
        {
            yield return problem;
        }
    }
}
