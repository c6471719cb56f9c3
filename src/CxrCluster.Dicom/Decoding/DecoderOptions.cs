using CxrCluster.Dicom.Decoder.Gdcm;

namespace CxrCluster.Dicom.Decoding;

/// <summary>The pool of decoder children, section "Dicom:Decoder" of a node's configuration.</summary>
public sealed class DecoderOptions
{
    /// <summary>Children that decode at a time; 0 means one per core.</summary>
    public int Children { get; set; }

    /// <summary>Images that may wait for a child; more are turned away.</summary>
    public int QueueCapacity { get; set; } = 256;

    /// <summary>Elapsed time for one image; its child is killed beyond it.</summary>
    public TimeSpan ImageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for a child to start.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Processor time for one image.</summary>
    public int CpuSeconds { get; set; } = 20;

    /// <summary>Memory that a child may take beyond what its runtime needs to start, bytes.</summary>
    public long MemoryBytes { get; set; } = 2L << 30;

    /// <summary>Descriptors a child may have open.</summary>
    public int Descriptors { get; set; } = 64;

    /// <summary>Images after which a child is replaced, so that what a codec leaks goes with it.</summary>
    public int ImagesPerChild { get; set; } = 1000;

    /// <summary>Files remembered as having killed children; the longest unseen are forgotten.</summary>
    public int QuarantineCapacity { get; set; } = 1024;

    /// <summary>Folder of gdcm-sharp.dll and libgdcmsharpglue.so.</summary>
    public string GdcmFolder { get; set; } = GdcmBinding.DefaultFolder;

    /// <summary>Children in force.</summary>
    internal int EffectiveChildren => Children > 0 ? Children : Environment.ProcessorCount;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Children is < 0 or > 256)
        {
            yield return $"Dicom:Decoder:Children is {Children}: set 1 to 256, or 0 for one per core.";
        }

        if (QueueCapacity < 1)
        {
            yield return $"Dicom:Decoder:QueueCapacity is {QueueCapacity}: at least one image must be able to wait.";
        }

        if (ImageTimeout < TimeSpan.FromSeconds(1) || StartTimeout < TimeSpan.FromSeconds(1))
        {
            yield return "Dicom:Decoder:ImageTimeout and StartTimeout are at least one second (00:00:01).";
        }

        if (CpuSeconds < 1)
        {
            yield return $"Dicom:Decoder:CpuSeconds is {CpuSeconds}: an image needs at least 1.";
        }

        if (MemoryBytes < 256L << 20)
        {
            yield return $"Dicom:Decoder:MemoryBytes is {MemoryBytes}: a child needs at least 256 MiB ({256L << 20}) for an image.";
        }

        if (Descriptors < 32)
        {
            yield return $"Dicom:Decoder:Descriptors is {Descriptors}: a child needs 32.";
        }

        if (ImagesPerChild < 1 || QuarantineCapacity < 1)
        {
            yield return "Dicom:Decoder:ImagesPerChild and QuarantineCapacity are at least 1.";
        }

        if (string.IsNullOrWhiteSpace(GdcmFolder))
        {
            yield return $"Dicom:Decoder:GdcmFolder is empty: name the folder of gdcm-sharp.dll, usually {GdcmBinding.DefaultFolder}.";
        }
    }
}
