using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Jobs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CxrCluster.Gateway.Http;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDocument
{
    private const string Bearer = "token";

    private static readonly HashSet<Type> Ids =
    [
        typeof(HospitalId),
        typeof(SopInstanceUid),
        typeof(ModelId),
        typeof(JobId),
        typeof(SweepId),
        typeof(NodeName),
        typeof(SlotId),
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = "CxrCluster";
                document.Info.Version = "v1";
                document.Info.Description =
                    "Scores chest X-rays and finds similar cases. Research software: no result is a diagnosis.";
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(
                    StringComparer.Ordinal
                )
                {
                    [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
                };
                document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
                return Task.CompletedTask;
            }
        );
        options.AddSchemaTransformer(
            (schema, context, _) =>
            {
                Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
                if (Ids.Contains(type))
                    schema.Type = JsonSchemaType.String; // their converters hide it
                else if (type == typeof(HospitalSelection))
                    schema.Description = "A list of hospital ids, or the word \"all\".";
                return Task.CompletedTask;
            }
        );
    }
}
