using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Plugins.Pdk.Generator.Diagnostics;

/// <summary>What the generator refuses; <c>docs/writing-plugins-csharp.md</c> has a line for each.</summary>
internal static class PluginRules
{
    public static DiagnosticDescriptor NotStatic { get; } = Rule(
        "PLG001",
        "A plugin function must be static",
        "'{0}' must be static: the host calls it without an object");

    public static DiagnosticDescriptor NotReachable { get; } = Rule(
        "PLG002",
        "A plugin function must be reachable",
        "'{0}' must be at least internal, and so must the types around it: generated code calls it");

    public static DiagnosticDescriptor Generic { get; } = Rule(
        "PLG003",
        "A function must not be generic",
        "'{0}' must not be generic, abstract or part of a generic type: nobody would say which types are meant");

    public static DiagnosticDescriptor Parameters { get; } = Rule(
        "PLG004",
        "Parameters are not supported",
        "'{0}' takes {1}; a function takes nothing or one value: ReadOnlySpan<byte>, byte[], string or a payload type");

    public static DiagnosticDescriptor ReturnType { get; } = Rule(
        "PLG005",
        "Return type is not supported",
        "'{0}' returns {1}; a function returns nothing, byte[], ReadOnlySpan<byte>, string or a payload type");

    public static DiagnosticDescriptor Asynchronous { get; } = Rule(
        "PLG006",
        "A function must not be asynchronous",
        "'{0}' must not be asynchronous: a plugin has one thread, and a call ends when its function returns");

    public static DiagnosticDescriptor InvalidName { get; } = Rule(
        "PLG007",
        "Name cannot be exported",
        "'{0}' cannot be the name of an export: {1}");

    public static DiagnosticDescriptor DuplicateName { get; } = Rule(
        "PLG008",
        "Two plugin functions have the same name",
        "Another plugin function is named '{0}' already",
        WellKnownDiagnosticTags.CompilationEnd);

    public static DiagnosticDescriptor NoContext { get; } = Rule(
        "PLG009",
        "No payload context is named",
        "'{0}' travels as JSON, and neither the class nor the assembly names a context with [PluginPayloads]");

    public static DiagnosticDescriptor NotInContext { get; } = Rule(
        "PLG010",
        "Payload context does not describe the type",
        "'{0}' does not describe '{1}'; add [JsonSerializable(typeof({1}))] to it");

    public static DiagnosticDescriptor InvalidContext { get; } = Rule(
        "PLG011",
        "Payload context is not usable",
        "'{0}' is not usable as a payload context: {1}");

    public static DiagnosticDescriptor NotPartial { get; } = Rule(
        "PLG012",
        "A host function must be static and partial",
        "'{0}' must be a static partial method without a body in a partial type: generated code is its body");

    public static DiagnosticDescriptor InvalidCapability { get; } = Rule(
        "PLG013",
        "Capability name is not valid",
        "'{0}' is not the name of a capability: parts of lower-case letters, digits and underscores that begin with a "
            + "letter, with dots between them");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NotStatic, NotReachable, Generic, Parameters, ReturnType, Asynchronous, InvalidName, DuplicateName,
        NoContext, NotInContext, InvalidContext, NotPartial, InvalidCapability,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message, params string[] tags) => new(
        id, title, message, "Plugins.Pdk", DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: tags);
}
