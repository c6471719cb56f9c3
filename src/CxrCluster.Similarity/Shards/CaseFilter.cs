namespace CxrCluster.Similarity.Shards;

/// <summary>Which cases a search may answer with; what is null asks for nothing.</summary>
public sealed record CaseFilter
{
    /// <summary>Taken at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Taken before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Known to be of this label.</summary>
    public int? Label { get; init; }

    /// <summary>Of this view position, in any case of letters.</summary>
    public string? View { get; init; }

    /// <summary>Not of this patient.</summary>
    public string? ExcludePatient { get; init; }

    /// <summary>Not this image.</summary>
    public string? ExcludeUid { get; init; }

    /// <summary>Whether the filter narrows the cases down (and not only leaves out the one asked about).</summary>
    public bool Narrows => From is not null || Until is not null || Label is not null || View is not null;

    /// <summary>Whether a case passes.</summary>
    public bool Matches(ShardCase candidate) =>
        (From is null || candidate.TakenAt >= From)
        && (Until is null || candidate.TakenAt < Until)
        && (Label is null || candidate.Label == Label)
        && (View is null || string.Equals(candidate.View, View, StringComparison.OrdinalIgnoreCase))
        && (ExcludePatient is null || !string.Equals(candidate.PatientId, ExcludePatient, StringComparison.Ordinal))
        && (ExcludeUid is null || !string.Equals(candidate.Uid, ExcludeUid, StringComparison.Ordinal));
}
