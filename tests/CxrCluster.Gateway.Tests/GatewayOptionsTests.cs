namespace CxrCluster.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Validate_Defaults_Good() => Assert.Empty(new GatewayOptions().Validate());

    [Fact]
    public void Validate_EveryWrongSetting_NamedOnce()
    {
        var options = new GatewayOptions
        {
            Token = "short",
            AllowedHosts = { " " },
            Reader = "North",
            MaxUploadBytes = 1,
            MaxModelBytes = 1,
            MaxConcurrentScores = 0,
            PictureCacheBytes = 0,
            PacsSecretFolder = "",
            ReportFolder = "/no/such/folder",
        };
        string[] settings = [.. options.Validate().Select(sentence => sentence.Split(' ')[0])];
        Assert.Equal(
            typeof(GatewayOptions).GetProperties().Select(p => $"Gateway:{p.Name}").Order(StringComparer.Ordinal),
            settings.Order(StringComparer.Ordinal)
        );
    }
}
