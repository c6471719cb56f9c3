namespace CxrCluster.Learning.Inference;

/// <summary>
/// Finds how many images to run at once. On a CPU larger batches stop paying early (at 1024 pixels a batch of one is
/// the fastest per image), on a GPU late; only measuring tells.
/// </summary>
internal static class ChunkSizeSearch
{
    /// <summary>A larger size must save this share per image: less is noise, and smaller chunks need less memory.</summary>
    private const double WorthwhileGain = 0.05;

    /// <summary>No further size is tried once the next would take longer than this: the first image waits for it.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Tries 1, 2, 4, ... up to <paramref name="most" /> as long as doubling pays; returns the best size.</summary>
    /// <param name="most">Largest size allowed, at least 1.</param>
    /// <param name="run">Runs a batch of the given size.</param>
    /// <param name="time">Measures.</param>
    public static int Run(int most, Action<int> run, TimeProvider time)
    {
        int best = 1;
        TimeSpan bestPerImage = TimeSpan.MaxValue;
        for (int size = 1; size <= most; size *= 2)
        {
            // the first run of a shape also pays for choosing kernels and for memory
            run(size);
            long start = time.GetTimestamp();
            run(size);
            TimeSpan elapsed = time.GetElapsedTime(start);
            TimeSpan perImage = elapsed / size;
            if (size > 1 && perImage > bestPerImage * (1 - WorthwhileGain))
                break;
            (best, bestPerImage) = (size, perImage);
            if (elapsed * 2 > Budget)
                break;
        }
        return best;
    }
}
