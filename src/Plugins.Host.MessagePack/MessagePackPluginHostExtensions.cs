using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.DependencyInjection;
using Plugins.Host.MessagePack;
using Plugins.Host.Payloads;

namespace Plugins.Host;

/// <summary>Adds MessagePack to the formats of a host's typed calls.</summary>
/// <remarks>For one thread, while a host is set up.</remarks>
public static class MessagePackPluginHostExtensions
{
    /// <summary>Makes typed calls read and write MessagePack where a manifest says so.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="messagePack">Resolvers and limits; the defaults where null.</param>
    /// <returns>The host's options.</returns>
    /// <exception cref="ArgumentException">The serializer's options hide what is read from the check.</exception>
    [RequiresDynamicCode(MessagePackPayloadFormat.EmitsCode)]
    [RequiresUnreferencedCode(MessagePackPayloadFormat.EmitsCode)]
    public static PluginHostOptions UseMessagePack(
        this PluginHostOptions options, MessagePackPayloadOptions? messagePack = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.UsePayloads(new MessagePackPayloadFormat(messagePack));
    }

    /// <summary>Makes typed calls read and write MessagePack; the format is a service.</summary>
    /// <param name="builder">The builder that adding plugins gave.</param>
    /// <param name="messagePack">Resolvers and limits; the defaults where null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The serializer's options hide what is read from the check.</exception>
    [RequiresDynamicCode(MessagePackPayloadFormat.EmitsCode)]
    [RequiresUnreferencedCode(MessagePackPayloadFormat.EmitsCode)]
    public static PluginsBuilder UseMessagePack(
        this PluginsBuilder builder, MessagePackPayloadOptions? messagePack = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IPayloadFormat>(new MessagePackPayloadFormat(messagePack));
        return builder;
    }
}
