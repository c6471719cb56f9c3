namespace CxrCluster.Dicom.Web;

/// <summary>A PACS did not do what it was asked; the message is a sentence with hospital, cause and remedy.</summary>
public abstract class PacsException(string message, Exception? cause = null) : Exception(message, cause);
