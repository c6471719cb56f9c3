namespace CxrCluster.Synthesis.Tests;

public sealed class SynthesisOptionsTests
{
    [Fact]
    public void Validate_Defaults_SaysNothing() => Assert.Empty(new SynthesisOptions().Validate());

    [Theory]
    [InlineData(0, 4, 512, "Patients is 0; choose 1 to 100000.")]
    [InlineData(100_001, 4, 512, "Patients is 100001; choose 1 to 100000.")]
    [InlineData(10, 0, 512, "Hospitals is 0; choose 1 to 16.")]
    [InlineData(10, 17, 512, "Hospitals is 17; choose 1 to 16.")]
    [InlineData(10, 4, 63, "Side is 63 pixels; choose 64 to 4096.")]
    [InlineData(10, 4, 4097, "Side is 4097 pixels; choose 64 to 4096.")]
    public void Validate_OutOfRange_SaysWhatToChoose(int patients, int hospitals, int side, string sentence)
    {
        var options = new SynthesisOptions
        {
            Patients = patients,
            Hospitals = hospitals,
            Side = side,
        };

        Assert.Equal(sentence, Assert.Single(options.Validate()));
        var thrown = Assert.Throws<ArgumentException>(() => new CohortSynthesizer(options));
        Assert.Contains(sentence, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralFaults_NamesEach()
    {
        var options = new SynthesisOptions
        {
            Patients = -1,
            Format = (SynthesisFormat)9,
            Parallelism = -1,
        };

        Assert.Equal(3, options.Validate().Count());
    }
}
