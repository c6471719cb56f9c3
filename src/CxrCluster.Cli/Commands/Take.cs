using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace CxrCluster.Cli.Commands;

/// <summary>Options and arguments whose wrong values are refused with a sentence.</summary>
internal static class Take
{
    /// <summary>A text that may be left out.</summary>
    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>A text with a default.</summary>
    public static Option<string> Text(string name, string helpName, string description, string byDefault) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => byDefault,
        };

    /// <summary>A text that must be given.</summary>
    public static Option<string> Required(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            Required = true,
        };

    /// <summary>A switch.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>A number within bounds, with a default.</summary>
    public static Option<T> Number<T>(string name, string description, T byDefault, T least, T most)
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>A number within bounds that may be left out.</summary>
    public static Option<T?> OptionalNumber<T>(string name, string description, T least, T most)
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>A day, or a moment with its offset, that may be left out; without an offset it is UTC.</summary>
    public static Option<DateTimeOffset?> OptionalTime(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (
                    DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out DateTimeOffset time
                    )
                )
                    return time.ToUniversalTime();
                result.AddError($"{name} is '{text}': give a time as 2020-03-01 or 2020-03-01T08:00:00Z.");
                return null;
            },
        };

    /// <summary>One of a few words, with a default.</summary>
    public static Option<string> OneOf(string name, string description, string byDefault, params string[] words)
    {
        Option<string> option = Text(name, string.Join('|', words), description, byDefault);
        Admit(option, words);
        return option;
    }

    /// <summary>One of a few words, which must be given.</summary>
    public static Option<string> RequiredOneOf(string name, string description, params string[] words)
    {
        Option<string> option = Required(name, string.Join('|', words), description);
        Admit(option, words);
        return option;
    }

    /// <summary>Parses a number, refusing with a sentence what is none or out of bounds.</summary>
    public static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (
            T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number)
            && number >= least
            && number <= most
        )
            return number;
        string kind = T.CreateSaturating(0.5) == T.Zero ? "a whole number" : "a number";
        result.AddError($"{name} is '{text}': give {kind} between {least} and {most}.");
        return default;
    }

    private static void Admit(Option<string> option, string[] words) =>
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => !words.Contains(t.Value, StringComparer.Ordinal)))
                result.AddError($"{option.Name} is '{token.Value}': give one of {string.Join(", ", words)}.");
        });
}
