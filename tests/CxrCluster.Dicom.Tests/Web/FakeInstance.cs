namespace CxrCluster.Dicom.Tests.Web;

internal sealed record FakeInstance(
    string Study,
    string Series,
    string Uid,
    DateOnly? Date,
    string Modality,
    byte[] Content
);
