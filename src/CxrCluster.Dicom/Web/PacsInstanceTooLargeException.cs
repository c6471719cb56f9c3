namespace CxrCluster.Dicom.Web;

/// <summary>The instance is larger than is taken; reading stopped there.</summary>
public sealed class PacsInstanceTooLargeException(string message) : PacsAnswerException(message);
