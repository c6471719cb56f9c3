using System.Runtime.InteropServices;

namespace CxrCluster.Benchmarks.Similarity;

/// <summary>Random embeddings: independent normal components, the hardest case for any index that prunes.</summary>
internal static class Vectors
{
    public const int Dimension = 128;

    /// <summary>Equal seeds give equal vectors.</summary>
    public static float[][] Normal(int count, int seed)
    {
        var random = new Random(seed);
        var vectors = new float[count][];
        for (int i = 0; i < count; i++)
        {
            vectors[i] = new float[Dimension];
            for (int j = 0; j < Dimension; j += 2)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                (vectors[i][j], vectors[i][j + 1]) = ((float)(radius * cos), (float)(radius * sin));
            }
        }
        return vectors;
    }

    /// <summary>Row after row, float32, as numpy.fromfile reads it.</summary>
    public static void Write(string path, IEnumerable<float[]> vectors)
    {
        using FileStream file = File.Create(path);
        foreach (float[] vector in vectors)
            file.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
    }
}
