using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    /// <summary>Adds the types of a source-generated JSON context to typed calls.</summary>
    /// <param name="context">Its own options, such as naming policies, are kept, and made strict.</param>
    /// <returns>These options.</returns>
    public PluginHostOptions UseJson(JsonSerializerContext context) => UsePayloads(new JsonPayloadFormat(context));

    /// <summary>Makes typed calls read and write JSON with the application's own options.</summary>
    /// <param name="options">
    /// Taken as they are, and copied; <see cref="JsonPayloadFormat.CreateOptions"/> gives strict ones to start from.
    /// </param>
    /// <returns>These options.</returns>
    public PluginHostOptions UseJson(JsonSerializerOptions options) => UsePayloads(new JsonPayloadFormat(options));

    /// <summary>Adds a payload format that takes precedence over those added before.</summary>
    /// <param name="format">A format for typed calls.</param>
    /// <returns>These options.</returns>
    public PluginHostOptions UsePayloads(IPayloadFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        Payloads = [format, .. Payloads];
        return this;
    }
}
