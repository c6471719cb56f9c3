using System.Globalization;
using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Http;

/// <summary>Reads the texts of forms and queries.</summary>
internal static class FormValues
{
    /// <exception cref="BadHttpRequestException">Missing or no hospital id.</exception>
    public static HospitalId Hospital(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw new BadHttpRequestException("The field 'hospital' is missing: say whose image it is.");
        return Parse(text, HospitalId.Parse);
    }

    /// <summary>Null stays null.</summary>
    /// <exception cref="BadHttpRequestException">No model id.</exception>
    public static ModelId? Model(string? text) => string.IsNullOrEmpty(text) ? null : Parse(text, ModelId.Parse);

    /// <summary>Null stays null.</summary>
    /// <exception cref="BadHttpRequestException">No whole number of the range.</exception>
    public static int? Number(string field, string? text, int least, int most)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least
            && number <= most
            ? number
            : throw new BadHttpRequestException(
                $"The field '{field}' is '{text}': use a whole number from {least} to {most}."
            );
    }

    private static T Parse<T>(string text, Func<string, IFormatProvider?, T> parse)
    {
        try
        {
            return parse(text, null);
        }
        catch (FormatException exception)
        {
            throw new BadHttpRequestException(exception.Message, exception);
        }
    }
}
