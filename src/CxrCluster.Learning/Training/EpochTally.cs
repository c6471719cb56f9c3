namespace CxrCluster.Learning.Training;

/// <summary>Sums up a running epoch.</summary>
internal sealed class EpochTally
{
    private double _loss;
    private double _waited;
    private int _images;
    private int _step;

    public int Epoch { get; init; }

    public int Steps { get; init; }

    /// <summary>Time spent in steps and validation.</summary>
    public double Seconds { get; set; }

    /// <summary>Whether all steps are made; false before the first.</summary>
    public bool IsComplete => Steps > 0 && _step == Steps;

    public void Add(double loss, int images, double waited)
    {
        _loss += loss * images;
        _images += images;
        _waited += waited;
        _step++;
    }

    public TrainingProgress Progress(int epochs) => new("classifier", Epoch, epochs, _step, Steps, _loss / _images);

    public EpochRecord Record(double learningRate, double? validationLoss, double? validationAuc) =>
        new(
            Epoch,
            learningRate,
            _loss / _images,
            validationLoss,
            validationAuc,
            Seconds,
            Seconds > 0 ? Math.Clamp(_waited / Seconds, 0, 1) : 0
        );
}
