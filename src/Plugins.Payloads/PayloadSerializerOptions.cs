using System.Text.Json;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads;

/// <summary>What a <see cref="PayloadSerializer"/> knows and allows.</summary>
/// <remarks>Immutable, and safe for use by many threads.</remarks>
public sealed record PayloadSerializerOptions
{
    /// <summary>The options for JSON; the serializer makes a copy, so that later changes have no effect.</summary>
    /// <value>
    /// <see cref="PayloadSerializer.CreateJsonOptions"/>, which knows no types: set its resolver to a source-generated
    /// context.
    /// </value>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>Where the converters for MessagePack are looked for, in order.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<PayloadContext> Contexts { get; init; } = [];

    /// <summary>What a MessagePack document may ask for.</summary>
    /// <value><see cref="MessagePackReaderOptions.Default"/>.</value>
    public MessagePackReaderOptions MessagePack { get; init; } = MessagePackReaderOptions.Default;
}
