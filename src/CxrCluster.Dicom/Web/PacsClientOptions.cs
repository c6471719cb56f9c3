namespace CxrCluster.Dicom.Web;

/// <summary>How patiently a PACS is asked, and how much of it is believed.</summary>
public sealed class PacsClientOptions
{
    /// <summary>How long a connection, the start of an answer and every next piece of it may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one answer may take as a whole.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Tries per request, the first included.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Upper bound of the pause after the first failed try; it doubles with every further one. The pause itself is
    /// random below the bound, so that many clients do not come back at once.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests in a row that find nobody until the circuit opens.</summary>
    public int BreakAfter { get; set; } = 5;

    /// <summary>How long the circuit stays open before one request may try again.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest instance that is fetched, bytes.</summary>
    public int MaxInstanceBytes { get; set; } = 256 << 20;

    /// <summary>The largest answer to one query, bytes of JSON.</summary>
    public int MaxQueryBytes { get; set; } = 64 << 20;

    /// <summary>Rows asked for per query.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>Connections to one PACS at one time.</summary>
    public int MaxConnections { get; set; } = 8;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Timeout <= TimeSpan.Zero || TransferTimeout < Timeout)
            yield return $"Pacs:Timeout is {Timeout} and Pacs:TransferTimeout {TransferTimeout}: set the first above zero and the second not below it.";
        if (Attempts is < 1 or > 20)
            yield return $"Pacs:Attempts is {Attempts}: set it between 1 and 20.";
        if (Pause < TimeSpan.Zero || Pause > TimeSpan.FromMinutes(1))
            yield return $"Pacs:Pause is {Pause}: set it between 0 and 1 minute.";
        if (BreakAfter < 1 || BreakFor <= TimeSpan.Zero)
            yield return $"Pacs:BreakAfter is {BreakAfter} and Pacs:BreakFor {BreakFor}: set both above zero.";
        if (MaxInstanceBytes is < 1 << 20 or > 1 << 30 || MaxQueryBytes is < 1 << 16 or > 1 << 30)
            yield return $"Pacs:MaxInstanceBytes is {MaxInstanceBytes} and Pacs:MaxQueryBytes {MaxQueryBytes}: set them between 1 MiB (64 KiB) and 1 GiB.";
        if (PageSize is < 1 or > 100_000)
            yield return $"Pacs:PageSize is {PageSize}: set it between 1 and 100000.";
        if (MaxConnections is < 1 or > 256)
            yield return $"Pacs:MaxConnections is {MaxConnections}: set it between 1 and 256.";
    }
}
