using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Faults;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;
using CxrCluster.Learning.Weights;
using CxrCluster.Node;
using CxrCluster.Node.Configuration;

namespace CxrCluster.Cli;

/// <summary>Turns what ended a command into a sentence on stderr and an exit code.</summary>
internal static class Failures
{
    /// <summary>Writes the sentence, and with CXR_DEBUG=1 the stack, and returns the exit code.</summary>
    public static int Report(Exception exception, CliContext context, CancellationToken cancellationToken)
    {
        if (context.Debug)
            context.Terminal.Note(exception.ToString());
        if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Note(
                $"Interrupted. {context.HowToGoOn ?? "Nothing was finished; run the command again."}"
            );
            return ExitCodes.Interrupted;
        }
        (int code, string sentence) = Explain(exception);
        context.Terminal.Error(sentence);
        return code;
    }

    private static (int Code, string Sentence) Explain(Exception exception) =>
        exception switch
        {
            CommandException e => (e.ExitCode, e.Message),
            ConfigurationException => (ExitCodes.WrongUsage, exception.Message),
            InvalidManifestException
            or UnreadableImageException
            or IneligibleImageException
            or DecoderUnavailableException
            or InvalidBundleException
            or InvalidWeightsException
            or InvalidTrainingDataException
            or InvalidSquaresException
            or CheckpointException
            or TrainingDivergedException
            or IOException
            or UnauthorizedAccessException => (ExitCodes.NothingDone, exception.Message),
            NodeStartException or StorageUnavailableException or ModelUnavailableException => (
                ExitCodes.Unreachable,
                exception.Message
            ),
            _ => (
                ExitCodes.NothingDone,
                $"Unexpected {exception.GetType().Name}: {exception.Message} Run it again with CXR_DEBUG=1 to see where, and report it."
            ),
        };
}
