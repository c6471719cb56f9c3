using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using CxrCluster.Dicom.Decoder.Protocol;

namespace CxrCluster.Dicom.Decoder.Gdcm;

/// <summary>
/// GDCM's C# binding, loaded by path when the process starts: nothing is referenced at build time, so one build serves
/// machines with and without it. Only the handful of members that decode one picture are bound.
/// </summary>
internal sealed class GdcmBinding
{
    /// <summary>Where Debian's and Ubuntu's package libgdcm-cil puts the binding.</summary>
    public const string DefaultFolder = "/usr/lib/cli/gdcm-sharp-3.0";

    private const string ManagedPart = "gdcm-sharp.dll";
    private const string NativePart = "libgdcmsharpglue.so";

    private readonly Assembly _assembly;
    private readonly Type _reader;

    private GdcmBinding(Assembly assembly)
    {
        _assembly = assembly;
        _reader = TypeOf("ImageReader");
        Version = (string)TypeOf("Version").GetMethod("GetVersion")!.Invoke(null, null)!;
        foreach (var silence in (string[])["WarningOff", "ErrorOff", "DebugOff"])
        {
            TypeOf("Trace").GetMethod(silence)!.Invoke(null, null);
        }
    }

    /// <summary>GDCM's version.</summary>
    public string Version { get; }

    /// <summary>Loads the binding and its native library.</summary>
    /// <exception cref="FileNotFoundException">There is none in the folder.</exception>
    /// <exception cref="DllNotFoundException">The native library does not load.</exception>
    public static GdcmBinding Load(string folder)
    {
        var managed = Path.Combine(folder, ManagedPart);
        if (!File.Exists(managed))
        {
            throw new FileNotFoundException($"there is no {managed}");
        }

        var native = NativeLibrary.Load(Path.Combine(folder, NativePart));
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(managed));
        NativeLibrary.SetDllImportResolver(
            assembly,
            (name, _, _) => name.Contains("gdcmsharpglue", StringComparison.Ordinal) ? native : IntPtr.Zero
        );
        return new GdcmBinding(assembly);
    }

    /// <summary>Decodes a file of one frame.</summary>
    /// <exception cref="InvalidDataException">GDCM cannot; a clause says what.</exception>
    public DecodedFrame Decode(string path)
    {
        using var reader = (IDisposable)Activator.CreateInstance(_reader)!;
        _reader.GetMethod("SetFileName", [typeof(string)])!.Invoke(reader, [path]);
        if (!Get<bool>(reader, "Read"))
        {
            throw new InvalidDataException("its pixels cannot be decoded");
        }

        using var image = Get<IDisposable>(reader, "GetImage");
        using var format = Get<IDisposable>(image, "GetPixelFormat");
        var (rows, columns) = (Get<uint>(image, "GetRows"), Get<uint>(image, "GetColumns"));
        var (samples, bits) = (Get<ushort>(format, "GetSamplesPerPixel"), Get<ushort>(format, "GetBitsAllocated"));
        var length = Get<uint>(image, "GetBufferLength");
        if (samples is not (1 or 3) || bits is not (8 or 16) || length != (ulong)rows * columns * samples * bits / 8)
        {
            throw new InvalidDataException(
                $"it decodes to {length} bytes, which is no picture of {columns} x {rows} pixels of {samples} x {bits} bits"
            );
        }

        var buffer = new byte[length];
        var decoded = image.GetType().GetMethod("GetBuffer", [typeof(byte[])])!.Invoke(image, [buffer]);
        return decoded is true
            ? new DecodedFrame((int)rows, (int)columns, samples, bits, IsLuminanceChrominance(image), buffer)
            : throw new InvalidDataException("its pixels cannot be decoded");
    }

    private static bool IsLuminanceChrominance(object image)
    {
        using var photometric = Get<IDisposable>(image, "GetPhotometricInterpretation");
        return Get<string>(photometric, "toString").StartsWith("YBR_FULL", StringComparison.Ordinal);
    }

    private static T Get<T>(object target, string method) =>
        (T)target.GetType().GetMethod(method, Type.EmptyTypes)!.Invoke(target, null)!;

    private Type TypeOf(string name) => _assembly.GetType($"gdcm.{name}", throwOnError: true)!;
}
