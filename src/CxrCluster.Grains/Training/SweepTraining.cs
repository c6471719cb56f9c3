using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Learning.Training;

namespace CxrCluster.Grains.Training;

/// <summary>The options of a sweep's trainings as the JSON that its specification carries: all of them, so that a later
/// release with other defaults still does what the sweep was made for.</summary>
public static class SweepTraining
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>As JSON.</summary>
    public static string Write(ClassifierTrainingOptions options) => JsonSerializer.Serialize(options, Json);

    /// <exception cref="HopelessRunException">It is not such JSON.</exception>
    public static ClassifierTrainingOptions Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ClassifierTrainingOptions>(json, Json)!;
        }
        catch (JsonException exception)
        {
            throw new HopelessRunException(
                $"The training options of the sweep cannot be read: {exception.Message}",
                exception
            );
        }
    }
}
