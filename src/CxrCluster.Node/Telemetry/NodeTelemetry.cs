using CxrCluster.Grains.Telemetry;
using CxrCluster.Node.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CxrCluster.Node.Telemetry;

/// <summary>Metrics of the pipeline, Orleans, HTTP and the runtime, for Prometheus at /metrics.</summary>
internal static class NodeTelemetry
{
    public static IServiceCollection AddNodeTelemetry(this IServiceCollection services, NodeSettings settings)
    {
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("cxr-node", serviceInstanceId: settings.Node.Name))
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(CxrInstruments.MeterName)
                    .AddMeter("Microsoft.Orleans")
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter()
            );
        return services;
    }
}
