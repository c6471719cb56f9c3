using CxrCluster.Similarity;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Nearest images of other patients: the same patient's other images would answer for the patient itself.</summary>
internal sealed class PatientSearch
{
    private readonly IReadOnlyList<EmbeddedPrediction> references;
    private readonly EmbeddingIndex<int>? index;

    /// <param name="references">Where neighbours are looked for.</param>
    /// <exception cref="ArgumentException">Embeddings of different lengths, or a component that is not finite.</exception>
    public PatientSearch(IReadOnlyList<EmbeddedPrediction> references)
    {
        this.references = references;
        if (references.Count > 0)
            index = new EmbeddingIndex<int>(references[0].Embedding.Length);
        for (int i = 0; i < references.Count; i++)
            index!.Upsert(i, references[i].Embedding);
    }

    /// <summary>
    /// The k references of other patients nearest to an image, nearest first, equal distances in order of the list.
    /// </summary>
    public IReadOnlyList<(EmbeddedPrediction Image, double Distance)> Nearest(EmbeddedPrediction image, int k) =>
        index is null
            ? []
            :
            [
                .. index
                    .Search(image.Embedding, k, other => !SamePatient(references[other].Prediction, image.Prediction))
                    .Select(near => (references[near.Id], near.Distance)),
            ];

    private static bool SamePatient(Prediction x, Prediction y) =>
        (x.Hospital, x.PatientId).Equals((y.Hospital, y.PatientId));
}
