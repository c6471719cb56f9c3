using CxrCluster.Cli.Terminal;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>Runs a trainer off the caller's thread, with bars.</summary>
internal static class TrainingRun
{
    /// <summary>The trainer's result.</summary>
    /// <param name="train">Trains on its own thread until it is done or cancelled.</param>
    public static async Task<T> RunAsync<T>(
        CliContext context,
        Func<IProgress<TrainingProgress>, T> train,
        CancellationToken cancellationToken
    )
    {
        context.HowToGoOn ??= "Nothing was written; run the command again to train from the start.";
        using ProgressBoard board = context.Terminal.StartProgress();
        return await Task.Run(
            () => train(new TrainingBars(board, context.Terminal.Traits.ErrorIsTerminal)),
            cancellationToken
        );
    }

    /// <summary>Makes a trainer, whose refusal of an option is wrong usage.</summary>
    public static T Create<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(ExitCodes.WrongUsage, exception.Message, exception);
        }
    }
}
