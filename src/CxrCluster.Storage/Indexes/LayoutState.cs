namespace CxrCluster.Storage.Indexes;

/// <summary>What a layout of a hospital's index is for.</summary>
public enum LayoutState
{
    /// <summary>Its parts fill themselves beside the serving ones; queries do not ask them yet.</summary>
    Filling,

    /// <summary>Queries ask it. At most one of a hospital and model.</summary>
    Serving,

    /// <summary>Another has taken over; it goes on taking embeddings until queries under way have ended.</summary>
    Retired,
}
