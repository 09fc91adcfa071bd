using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Plugins.Host.Generator.Diagnostics;

/// <summary>What the generator refuses; <c>docs/clients.md</c> has a line for each.</summary>
internal static class ClientRules
{
    public static DiagnosticDescriptor Interface { get; } = Rule(
        "PLC001",
        "A client needs a plain interface",
        "'{0}' must be neither generic, nor within another type, nor local to its file, nor have a base interface");

    public static DiagnosticDescriptor Member { get; } = Rule(
        "PLC002",
        "Only methods can be calls",
        "'{0}' is no method that a plugin could answer: a client's interface has methods without a body and no more");

    public static DiagnosticDescriptor Generic { get; } = Rule(
        "PLC003",
        "A method must not be generic",
        "'{0}' must not be generic: generated code could not know how its values are written");

    public static DiagnosticDescriptor Parameters { get; } = Rule(
        "PLC004",
        "Parameters are not supported",
        "'{0}' takes {1}; a method takes at most one value (string, byte[], ReadOnlyMemory<byte> or a payload type) or "
            + "two streams, then a tenant, PluginCallOptions and a CancellationToken");

    public static DiagnosticDescriptor ReturnType { get; } = Rule(
        "PLC005",
        "Return type is not supported",
        "'{0}' returns {1}; a method returns nothing, string, byte[], ReadOnlyMemory<byte>, a payload type or "
            + "PluginResult<T> of one of them, or a Task or ValueTask of that");

    public static DiagnosticDescriptor Cancellation { get; } = Rule(
        "PLC006",
        "An asynchronous call needs a CancellationToken",
        "'{0}' needs a CancellationToken as its last parameter: whoever waits for a plugin must be able to leave");

    public static DiagnosticDescriptor NoFormat { get; } = Rule(
        "PLC007",
        "No format is named for values",
        "'{0}' carries '{1}'; name the JsonSerializerContext that describes it with JsonContext of [PluginClient], or "
            + "leave the format to manifest and host with UseHostFormats");

    public static DiagnosticDescriptor NotInContext { get; } = Rule(
        "PLC008",
        "JSON context does not describe the type",
        "'{0}' does not describe '{1}'; add [JsonSerializable(typeof({1}))] to it");

    public static DiagnosticDescriptor InvalidContext { get; } = Rule(
        "PLC009",
        "JSON context is not usable",
        "'{0}' is not usable as a JSON context: {1}");

    public static DiagnosticDescriptor Name { get; } = Rule(
        "PLC010",
        "Name is empty",
        "'{0}' needs the name of a {1}");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Interface, Member, Generic, Parameters, ReturnType, Cancellation, NoFormat, NotInContext, InvalidContext, Name,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id, title, message, "Plugins.Host", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
