namespace CxrCluster.Dicom.Decoder.Protocol;

/// <summary>A message of a child.</summary>
/// <param name="Status">Its kind.</param>
/// <param name="Text">A sentence, unless a frame came.</param>
/// <param name="Frame">The frame, when one came.</param>
internal sealed record DecoderReply(DecoderStatus Status, string Text, DecodedFrame? Frame = null);
