using CxrCluster.Dicom.Decoding;

namespace CxrCluster.Dicom.Tests.Support;

/// <summary>One pool for the tests that only read.</summary>
public sealed class SharedPool : IAsyncLifetime
{
    internal DecoderPool Pool { get; } = new(new DecoderOptions(), TimeProvider.System);

    internal DicomReader Reader => new(new DicomOptions(), Pool);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
