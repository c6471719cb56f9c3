using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>Options of every training.</summary>
/// <param name="defaults">What is not given.</param>
/// <param name="side">The default side.</param>
/// <param name="rateNote">What else to say of the learning rate's default.</param>
internal sealed class TrainingOptionSet(TrainingOptions defaults, int side, string rateNote = "")
{
    private readonly Option<int> _epochs = Take.Number(
        "--epochs",
        "Passes over the images.",
        defaults.Epochs,
        1,
        10_000
    );
    private readonly Option<int> _batch = Take.Number("--batch-size", "Images per step.", defaults.BatchSize, 2, 1024);
    private readonly Option<double?> _rate = Take.OptionalNumber(
        "--learning-rate",
        $"Adam's learning rate in the first epoch, {defaults.LearningRate:0.####} by default{rateNote}; it decays exponentially.",
        1e-9,
        0.5
    );
    private readonly Option<double> _l2 = Take.Number("--l2", "L2 penalty on the weights.", defaults.L2, 0, 0.5);
    private readonly Option<double?> _clip = Take.OptionalNumber(
        "--gradient-clip",
        "Largest norm of a step's gradient; no limit by default.",
        1e-6,
        1e6
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
        foreach (Option option in new Option[] { _epochs, _batch, _rate, _l2, _clip, _seed, _side, _threads, _device })
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
                LearningRate = parsed.GetValue(_rate) ?? options.LearningRate,
                L2 = parsed.GetValue(_l2),
                GradientClip = parsed.GetValue(_clip),
                Seed = parsed.GetValue(_seed),
                Threads = parsed.GetValue(_threads),
                Device = parsed.GetValue(_device)!,
            }
        );
}
