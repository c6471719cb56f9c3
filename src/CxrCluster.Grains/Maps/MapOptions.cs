namespace CxrCluster.Grains.Maps;

/// <summary>The map of the embeddings, section "Map" of the configuration.</summary>
public sealed class MapOptions
{
    /// <summary>How often to look whether the map is out of date; also the shortest time between two computations.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Share of the points that must have changed before the map is computed again.</summary>
    public double MinChange { get; set; } = 0.05;

    /// <summary>Age at which a smaller change is enough.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Points at most; of more embeddings a sample is drawn. Time and memory grow with its square.</summary>
    public int MostPoints { get; set; } = 3000;

    /// <summary>Effective number of neighbours of a point.</summary>
    public double Perplexity { get; set; } = 30;

    /// <summary>Draws the sample and the start positions.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Period < TimeSpan.FromMilliseconds(10) || Refresh < Period)
            yield return "Map:Period must be positive and Map:Refresh not shorter, as in 00:02:00 and 01:00:00.";
        if (!(MinChange is >= 0 and <= 1))
            yield return $"Map:MinChange is {MinChange}: set it between 0 and 1.";
        if (MostPoints is < 10 or > 5000)
            yield return $"Map:MostPoints is {MostPoints}: set it between 10 and 5000.";
        if (!(Perplexity is >= 1 and <= 500))
            yield return $"Map:Perplexity is {Perplexity}: set it between 1 and 500, usually 30.";
    }
}
