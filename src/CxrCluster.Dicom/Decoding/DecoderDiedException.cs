namespace CxrCluster.Dicom.Decoding;

/// <summary>A child ended, or had to be ended, before it answered.</summary>
/// <param name="cause">A clause: "signal 11", "no answer within 30 s".</param>
/// <param name="timedOut">Whether it took too long.</param>
/// <param name="inner">What was seen of it.</param>
internal sealed class DecoderDiedException(string cause, bool timedOut, Exception inner) : Exception(cause, inner)
{
    public bool TimedOut => timedOut;
}
