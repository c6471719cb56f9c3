namespace CxrCluster.Gateway.Images;

/// <summary>The images of one upload, in the order sent; equal bytes have equal UIDs.</summary>
public sealed record AdmitReply(IReadOnlyList<AdmittedImage> Admitted);
