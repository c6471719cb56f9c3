using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>Options of every training.</summary>
internal sealed class TrainingOptionSet(TrainingOptions defaults, int side)
{
    private readonly Option<int> _epochs = Take.Number(
        "--epochs",
        "Passes over the images.",
        defaults.Epochs,
        1,
        10_000
    );
    private readonly Option<int> _batch = Take.Number("--batch-size", "Images per step.", defaults.BatchSize, 2, 1024);
    private readonly Option<double> _rate = Take.Number(
        "--learning-rate",
        "Adam's learning rate in the first epoch; it decays exponentially.",
        defaults.LearningRate,
        1e-9,
        0.5
    );
    private readonly Option<int> _seed = Take.Number(
        "--seed",
        "Seed of the split, the initial weights, the order and the augmentation.",
        defaults.Seed,
        0,
        int.MaxValue
    );
    private readonly Option<int> _side = Take.Number(
        "--side",
        "Side of the network's input in pixels.",
        side,
        32,
        2048
    );
    private readonly Option<int?> _threads = Take.OptionalNumber(
        "--threads",
        "Cores to compute on; all by default.",
        1,
        1024
    );
    private readonly Option<string> _device = Take.Text("--device", "DEVICE", "cpu or cuda:N.", defaults.Device);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _epochs, _batch, _rate, _seed, _side, _threads, _device })
            command.Add(option);
    }

    /// <summary>Side of the network's input in pixels.</summary>
    public int Side(ParseResult parsed) => parsed.GetValue(_side);

    /// <summary>The options with what the command line says.</summary>
    public T Apply<T>(T options, ParseResult parsed)
        where T : TrainingOptions =>
        (T)(
            options with
            {
                Epochs = parsed.GetValue(_epochs),
                BatchSize = parsed.GetValue(_batch),
                LearningRate = parsed.GetValue(_rate),
                Seed = parsed.GetValue(_seed),
                Threads = parsed.GetValue(_threads),
                Device = parsed.GetValue(_device)!,
            }
        );
}
