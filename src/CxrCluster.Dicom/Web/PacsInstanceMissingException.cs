namespace CxrCluster.Dicom.Web;

/// <summary>The PACS does not have the instance (any more).</summary>
public sealed class PacsInstanceMissingException(string message) : PacsAnswerException(message);
