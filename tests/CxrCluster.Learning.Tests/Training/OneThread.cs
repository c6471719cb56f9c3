using System.Runtime.CompilerServices;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Training;

/// <summary>
/// Test classes run side by side, and OpenMP's threads spin while they wait: one computing thread per test is faster, and
/// equal seeds then give equal bits whatever the machine.
/// </summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
