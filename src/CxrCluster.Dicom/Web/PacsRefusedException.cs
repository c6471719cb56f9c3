namespace CxrCluster.Dicom.Web;

/// <summary>Address, credentials or certificate are wrong: it fails until a person mends the configuration.</summary>
public sealed class PacsRefusedException(string message, Exception? cause = null) : PacsException(message, cause);
