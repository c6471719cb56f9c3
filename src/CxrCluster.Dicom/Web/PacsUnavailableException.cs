namespace CxrCluster.Dicom.Web;

/// <summary>Nobody answers, or says "busy": the same request may succeed later. No instance is to blame.</summary>
public sealed class PacsUnavailableException(string message, Exception? cause = null) : PacsException(message, cause);
