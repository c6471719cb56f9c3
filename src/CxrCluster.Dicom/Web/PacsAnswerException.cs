namespace CxrCluster.Dicom.Web;

/// <summary>The PACS answers, but this request with an error, or with something that is not what the standard says.</summary>
public class PacsAnswerException(string message, Exception? cause = null) : PacsException(message, cause);
