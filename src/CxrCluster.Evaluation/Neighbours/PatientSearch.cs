using CxrCluster.Similarity;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Nearest images of other patients: the same patient's other images would answer for the patient itself.</summary>
internal sealed class PatientSearch
{
    private readonly IReadOnlyList<EmbeddedPrediction> images;
    private readonly EmbeddingIndex<int>? index;

    /// <exception cref="ArgumentException">Embeddings of different lengths, or a component that is not finite.</exception>
    public PatientSearch(IReadOnlyList<EmbeddedPrediction> images)
    {
        this.images = images;
        if (images.Count > 0)
            index = new EmbeddingIndex<int>(images[0].Embedding.Length);
        for (int i = 0; i < images.Count; i++)
            index!.Upsert(i, images[i].Embedding);
    }

    /// <summary>The k images of other patients nearest to one image, nearest first, equal distances in order of the list.</summary>
    public IReadOnlyList<(int Index, double Distance)> Nearest(int image, int k)
    {
        Prediction asked = images[image].Prediction;
        return index!.Search(images[image].Embedding, k, other => !SamePatient(images[other].Prediction, asked));
    }

    private static bool SamePatient(Prediction x, Prediction y) =>
        (x.Hospital, x.PatientId).Equals((y.Hospital, y.PatientId));
}
