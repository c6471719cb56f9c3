namespace CxrCluster.Dicom.Web;

/// <summary>A try failed in a way that another may not.</summary>
/// <param name="outcome">What the caller gets when there is no other.</param>
/// <param name="askedPause">The pause that the server asks for.</param>
internal sealed class RetryablePacsFault(PacsException outcome, TimeSpan? askedPause = null)
    : Exception(outcome.Message, outcome)
{
    public PacsException Outcome => outcome;

    public TimeSpan? AskedPause => askedPause;
}
