using Azure;

namespace CxrCluster.Storage.Blobs;

/// <summary>Tells a service that cannot be used from other errors.</summary>
internal static class AzureFaults
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int ServerError = 500;

    /// <summary>The cause in a few words, or null when the exception is about something else.</summary>
    public static string? Explain(Exception exception) =>
        exception switch
        {
            // Status 0: no answer came. Several tries come as an aggregate.
            RequestFailedException { Status: 0 } failed => FirstLine(failed.InnerException ?? failed),
            RequestFailedException { Status: Unauthorized or Forbidden or >= ServerError } failed =>
                $"it answered {failed.Status} {failed.ErrorCode}",
            AggregateException { InnerExceptions: [.., var last] } => Explain(last) ?? FirstLine(last),
            _ => null,
        };

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim().TrimEnd('.');
}
