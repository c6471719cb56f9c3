using Microsoft.Extensions.Configuration;

namespace CxrCluster.Node.Configuration;

/// <summary>Binds sections to options and collects what is wrong, so that the operator sees every mistake at once.</summary>
internal sealed class SectionReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    /// <summary>The section as options; defaults when it is absent.</summary>
    public TOptions Read<TOptions>(string section, Func<TOptions, IEnumerable<string>> validate)
        where TOptions : class, new()
    {
        var options = new TOptions();
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            _problems.AddRange(validate(options));
        }
        catch (InvalidOperationException exception)
        {
            // the binder names the key and the value it could not use
            _problems.Add($"Section {section}: {exception.Message}");
        }
        return options;
    }

    /// <exception cref="ConfigurationException">Something was wrong.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
            throw new ConfigurationException(string.Join(Environment.NewLine, _problems));
    }
}
