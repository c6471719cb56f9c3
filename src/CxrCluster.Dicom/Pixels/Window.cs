using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>Window centre and width (PS3.3 C.11.2.1.2, C.11.2.1.3).</summary>
/// <param name="Centre">In units after the modality's rescale.</param>
/// <param name="Width">At least 1 for LINEAR, above 0 otherwise.</param>
/// <param name="Function">LINEAR, LINEAR_EXACT or SIGMOID.</param>
internal sealed record Window(double Centre, double Width, string Function)
{
    private const string Linear = "LINEAR";
    private const string LinearExact = "LINEAR_EXACT";
    private const string Sigmoid = "SIGMOID";

    /// <summary>The first window of the header; null when it has none that makes sense.</summary>
    public static Window? Read(DicomDataSet data)
    {
        var function = data.Text(DicomTags.WindowFunction) is LinearExact or Sigmoid
            ? data.Text(DicomTags.WindowFunction)
            : Linear;
        return
            data.Number(DicomTags.WindowCentre) is { } centre
            && data.Number(DicomTags.WindowWidth) is { } width
            && width >= (function == Linear ? 1 : double.Epsilon)
            ? new Window(centre, width, function)
            : null;
    }

    /// <summary>0..1.</summary>
    public double Apply(double x) =>
        Function switch
        {
            Sigmoid => 1 / (1 + Math.Exp(-4 * (x - Centre) / Width)),
            LinearExact => Math.Clamp(((x - Centre) / Width) + 0.5, 0, 1),
            // A width of 1 is a threshold.
            _ when Width == 1 => x <= Centre - 0.5 ? 0 : 1,
            _ => Math.Clamp(((x - (Centre - 0.5)) / (Width - 1)) + 0.5, 0, 1),
        };

    /// <summary>Whether the window takes the whole range and nothing more: it then only rescales.</summary>
    public bool IsIdentity(double low, double high) =>
        Function == Linear
        && Math.Abs(Centre - 0.5 - ((low + high) / 2)) < 1e-6
        && Math.Abs(Width - 1 - (high - low)) < 1e-6;
}
