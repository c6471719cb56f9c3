using System.Reflection;
using CxrCluster.Dicom.Decoder.Confinement;
using CxrCluster.Dicom.Decoder.Gdcm;
using CxrCluster.Dicom.Decoder.Protocol;

namespace CxrCluster.Dicom.Decoder;

/// <summary>
/// The child process that decodes pixels: binds itself, loads GDCM, then answers one file after the other until its input
/// ends. Started by the decoder pool only.
/// </summary>
internal static class Program
{
    private const int ExitUnavailable = 3;
    private const int ExitTooSlow = 4;

    // Above this size, what an image took is given back at once.
    private const int LargeImage = 32 << 20;

    private static int Main(string[] arguments)
    {
        var limits = DecoderLimits.Parse(arguments);
        var folder = arguments[4];
        var (input, output) = ProtocolStreams.Take();
        var resources = new ResourceLimits(limits);
        GdcmBinding gdcm;
        bool filtered;
        try
        {
            resources.Apply();
            gdcm = GdcmBinding.Load(folder);
            filtered = SystemCallFilter.TryApply();
        }
        catch (Exception exception)
        {
            // Whatever keeps GDCM from loading is the answer to "can this machine decode?".
            var cause = exception.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.');
            DecoderChannel.WriteReply(output, new DecoderReply(DecoderStatus.Unavailable, cause));
            return ExitUnavailable;
        }

        var confinement = filtered ? "no network, no writing, no other programs" : "no system-call filter";
        DecoderChannel.WriteReply(output, new DecoderReply(DecoderStatus.Ready, $"GDCM {gdcm.Version}; {confinement}"));
        Serve(gdcm, input, output, resources, limits);
        return 0;
    }

    private static void Serve(
        GdcmBinding gdcm,
        Stream input,
        Stream output,
        ResourceLimits resources,
        DecoderLimits limits
    )
    {
        while (DecoderChannel.ReadRequest(input, limits.MemoryBytes / 2) is { } file)
        {
            resources.StartImage();
            var wall = TimeSpan.FromSeconds(limits.WallSeconds);
            DecoderReply reply;
            using (new Timer(_ => LibC.ExitNow(ExitTooSlow), null, wall, Timeout.InfiniteTimeSpan))
            {
                reply = Decode(gdcm, file);
            }

            DecoderChannel.WriteReply(output, reply);
            if (file.Length + (reply.Frame?.Samples8.Length ?? 0) > LargeImage)
            {
                (file, reply) = ([], new DecoderReply(DecoderStatus.Ready, ""));
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
                _ = LibC.TrimHeap(0);
            }
        }
    }

    private static DecoderReply Decode(GdcmBinding gdcm, byte[] bytes)
    {
        try
        {
            using var file = new MemoryFile(bytes);
            return new DecoderReply(DecoderStatus.Decoded, "", gdcm.Decode(file.Path));
        }
        catch (InvalidDataException exception)
        {
            return new DecoderReply(DecoderStatus.Refused, exception.Message);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            // what GDCM throws in C++ comes as exceptions of many types, and its text is for programmers
            return new DecoderReply(DecoderStatus.Refused, $"GDCM gives up ({inner.GetType().Name})");
        }
    }
}
