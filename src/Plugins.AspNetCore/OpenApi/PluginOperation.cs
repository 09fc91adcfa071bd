using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plugins.AspNetCore.Problems;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.AspNetCore.OpenApi;

/// <summary>Describes an endpoint as the manifest of the version that serves does.</summary>
/// <remarks>For each document anew, so that it is right after a reload.</remarks>
internal sealed class PluginOperation(CatalogPlugin plugin, string function)
{
    private const string Bytes = "application/octet-stream";

    internal Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        foreach (var problems in Problem.OfCalls)
        {
            if (operation.Responses.TryGetValue(KeyOf(problems.Key), out var response))
            {
                response.Description = $"{Problem.TypePrefix} {string.Join(", ", problems.Select(one => one.Type))}";
            }
        }

        if (Find() is { } described)
        {
            Describe(operation, described, context.Document);
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, ExportedFunction function, OpenApiDocument? document)
    {
        operation.Summary ??= function.Description is { } text ? VisibleText.Escape(text) : null;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = ContentOf(function.InputMediaType, function.InputSchema, document),
        };
        if (operation.Responses?.GetValueOrDefault(KeyOf(StatusCodes.Status200OK)) is OpenApiResponse response)
        {
            response.Content = ContentOf(function.OutputMediaType, function.OutputSchema, document);
        }
    }

    private static Dictionary<string, OpenApiMediaType> ContentOf(
        string? mediaType, string? schema, OpenApiDocument? document) => new(StringComparer.Ordinal)
        {
            [mediaType ?? Bytes] = new OpenApiMediaType { Schema = ManifestSchema.Read(schema, document) },
        };

    /// <summary>The function as the version says that serves now; null where none does.</summary>
    private ExportedFunction? Find()
    {
        if (plugin.Status.State != PluginState.Active)
        {
            return null;
        }

        try
        {
            using var lease = plugin.Lease();
            return lease.Plugin.Functions.FirstOrDefault(one => one.Name == function);
        }
        catch (PluginUnavailableException)
        {
            return null;
        }
    }

    private static string KeyOf(int status) => status.ToString(CultureInfo.InvariantCulture);
}
