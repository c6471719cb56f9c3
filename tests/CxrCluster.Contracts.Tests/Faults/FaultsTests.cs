using CxrCluster.Contracts.Faults;

namespace CxrCluster.Contracts.Tests.Faults;

public sealed class FaultsTests
{
    public static TheoryData<Type> Faults { get; } =
    [.. typeof(WorkerBusyException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Exception)))];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Wire_Fault_KeepsTypeSentenceAndCause(Type type)
    {
        var fault = (Exception)Activator.CreateInstance(type, "a sentence", new TimeoutException("the cause"))!;

        Exception received = Wire.Send(fault);
        Assert.IsType(type, received);
        Assert.Equal("a sentence", received.Message);
        Assert.Equal("the cause", Assert.IsType<TimeoutException>(received.InnerException).Message);
    }
}
