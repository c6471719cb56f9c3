using System.Text.Json.Serialization;

namespace CxrCluster.Learning;

/// <summary>The number type a network computes in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Precision>))]
public enum Precision
{
    /// <summary>bfloat16 where the CPU has instructions for it, float32 otherwise.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>32-bit floating point: the reference.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>bfloat16 for the classifier's late convolutions, float32 for everything else.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
