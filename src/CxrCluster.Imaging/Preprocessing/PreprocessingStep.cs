using System.Text.Json.Serialization;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>The steps of the preprocessing, in the only order in which they run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreprocessingStep>))]
public enum PreprocessingStep
{
    /// <summary><see cref="BorderCrop"/>: cut black borders and text-only margins.</summary>
    [JsonStringEnumMemberName("crop")]
    Crop,

    /// <summary><see cref="BrightnessStandardiser"/>: map gray values to a common range.</summary>
    [JsonStringEnumMemberName("brightness")]
    Brightness,

    /// <summary><see cref="SquarePad"/>: pad to a square, keeping the aspect ratio.</summary>
    [JsonStringEnumMemberName("pad")]
    Pad,

    /// <summary><see cref="BilinearResize"/>: resize to the network's input side.</summary>
    [JsonStringEnumMemberName("resize")]
    Resize,

    /// <summary><see cref="Preprocessing.Clahe"/>: contrast-limited adaptive histogram equalisation.</summary>
    [JsonStringEnumMemberName("clahe")]
    Clahe,
}
