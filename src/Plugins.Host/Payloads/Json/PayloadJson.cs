using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Payloads.Hashing;

namespace Plugins.Host.Payloads.Json;

/// <summary>Reads untrusted JSON into types that System.Text.Json describes.</summary>
/// <remarks>
/// <para>Safe for use by many threads. The time is linear in the document: hash tables get comparers whose hash codes
/// nobody can choose, whatever the options say of their types; docs/payloads.md has the details.</para>
/// <para>Throws what <see cref="JsonSerializer"/> throws, and <see cref="UnsafePayloadTypeException"/>.</para>
/// </remarks>
public static class PayloadJson
{
    // A stream is asked for more after every so many bytes; whoever gives it may stop the reading there.
    private const int SegmentBytes = 4_096;

    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> s_hardened = [];

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="document">The value and nothing else.</param>
    /// <param name="type">Describes the value's type; its options are not changed.</param>
    /// <exception cref="JsonException">The document is malformed or does not fit the type.</exception>
    /// <exception cref="UnsafePayloadTypeException">A collection of the type cannot be made safe.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> document, JsonTypeInfo<T> type)
    {
        JsonTypeInfo<T> hardened = Harden(type);
        CollisionBudget budget = CollisionBudget.Begin();
        try
        {
            budget.Allow(document.Length);
            return JsonSerializer.Deserialize(document, hardened);
        }
        finally
        {
            budget.End();
        }
    }

    /// <summary>Reads a document that comes in pieces.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="document">The value and nothing else; read to its end, and left open.</param>
    /// <param name="type">Describes the value's type; its options are not changed.</param>
    /// <remarks>
    /// What has come is read before more is asked for, every 4 KiB, so that a stream that throws ends the reading.
    /// Values with converters of their own are collected first.
    /// </remarks>
    /// <exception cref="JsonException">The document is malformed or does not fit the type.</exception>
    /// <exception cref="UnsafePayloadTypeException">A collection of the type cannot be made safe.</exception>
    public static T? Read<T>(Stream document, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(document);
        JsonTypeInfo<T> hardened = Harden(type);
        CollisionBudget budget = CollisionBudget.Begin();
        try
        {
            using var stream = new DocumentStream(document, budget);
            return JsonSerializer.Deserialize(stream, hardened);
        }
        finally
        {
            budget.End();
        }
    }

    /// <summary>Reads what a plugin wrote; in pieces, between which the call can end, where it is long.</summary>
    internal static T? Read<T>(PayloadDocument document, JsonTypeInfo<T> type)
    {
        if (document.Bytes.Length <= SegmentBytes)
        {
            return Read(document.Bytes.Span, type);
        }

        using Stream stream = document.OpenStream();
        return Read(stream, type);
    }

    /// <summary>A copy of options by which only is read.</summary>
    internal static JsonSerializerOptions Harden(JsonSerializerOptions options) =>
        s_hardened.GetValue(options, static original =>
        {
            var hardened = new JsonSerializerOptions(original)
            {
                TypeInfoResolver = new HardenedResolver(original.TypeInfoResolver ?? JsonTypeInfoResolver.Combine()),
                DefaultBufferSize = SegmentBytes,
            };
            hardened.MakeReadOnly();
            return hardened;
        });

    // A type that was not made by its options' resolver is one that the application has put together itself.
    private static JsonTypeInfo<T> Harden<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.OriginatingResolver is not null && Harden(type.Options).TryGetTypeInfo(typeof(T), out var hardened)
            ? (JsonTypeInfo<T>)hardened
            : type;
    }
}
