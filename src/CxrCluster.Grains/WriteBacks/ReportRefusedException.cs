namespace CxrCluster.Grains.WriteBacks;

/// <summary>A report that trying again would not bring into the PACS; the sentence says why and what to do.</summary>
public sealed class ReportRefusedException(string message, Exception? innerException = null)
    : Exception(message, innerException);
