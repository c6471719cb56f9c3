namespace CxrCluster.Synthesis;

/// <summary>The folder given for a cohort holds something else; the message names it and says what to do.</summary>
public sealed class CohortFolderException(string message) : IOException(message);
