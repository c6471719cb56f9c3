using System.Runtime.InteropServices;
using CxrCluster.Cli;
using CxrCluster.Cli.Terminal;

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await CxrCli.RunAsync(
    args,
    Console.Out,
    Console.Error,
    TerminalTraits.Detect(),
    Environment.GetEnvironmentVariable,
    TimeProvider.System,
    stop.Token
);

// The first signal asks the command to end in good order; the second ends the process at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (stop.IsCancellationRequested)
        Environment.Exit(ExitCodes.Interrupted);
    stop.Cancel();
}
