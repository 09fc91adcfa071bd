using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Diagnostics;

/// <summary>What the generator refuses; <c>docs/payload-diagnostics.md</c> has a section for each.</summary>
internal static class PayloadRules
{
    private const string Category = "Plugins.Payloads";

    public static DiagnosticDescriptor UnusableContext { get; } = new(
        "PLP001",
        "Context cannot be completed",
        "The context '{0}' cannot be completed: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor UnsupportedType { get; } = new(
        "PLP002",
        "Type cannot be a payload",
        "'{0}' cannot be a payload: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor NoConstructor { get; } = new(
        "PLP003",
        "No constructor to read with",
        "'{0}' cannot be read: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor ParameterWithoutMember { get; } = new(
        "PLP004",
        "Constructor parameter matches no member",
        "The constructor's parameter '{0}' of '{1}' has the name and type of no member of the payload",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor DuplicateKey { get; } = new(
        "PLP005",
        "Two members have the same key",
        "'{0}' and '{1}' of '{2}' both have the key '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor MixedKeys { get; } = new(
        "PLP006",
        "Only some members have integer keys",
        "'{0}' of '{1}' has no [PayloadKey] while other members have one; give one to all members or to none",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor UnsupportedAttribute { get; } = new(
        "PLP007",
        "Attribute is not supported",
        "{0} on '{1}' is not supported: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor Inaccessible { get; } = new(
        "PLP008",
        "Context cannot reach a type or member",
        "'{0}' is not accessible from the context '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor Polymorphism { get; } = new(
        "PLP009",
        "Derived type cannot be told apart",
        "The derived types of '{0}' are not usable: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor RequiredNotRead { get; } = new(
        "PLP010",
        "Required member is never read",
        "'{0}' of '{1}' is required, but is never read: it is ignored or cannot be set",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static DiagnosticDescriptor NeverRead { get; } = new(
        "PLP011",
        "Structure's member is lost on reading",
        "'{0}' of the structure '{1}' is written but never read; put [JsonConstructor] on a constructor that takes it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);
}
