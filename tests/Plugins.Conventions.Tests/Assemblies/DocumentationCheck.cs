using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Plugins.Conventions.Tests.Assemblies;

/// <summary>Looks for public types and members whose documentation says too little, or too much at once.</summary>
internal static class DocumentationCheck
{
    private const int SummaryWords = 20;
    private static readonly string[] ThreadSafetyWords = ["thread", "immutable"];

    public static IEnumerable<string> Faults(ProductAssembly assembly) => assembly.PublicTypes
        .SelectMany(type => PublicMembers.Of(type).Prepend(type))
        .Select(symbol => (Symbol: symbol, Fault: FaultOf(symbol)))
        .Where(found => found.Fault is not null)
        .Select(found => $"{found.Symbol.ToDisplayString()}: {found.Fault}");

    private static string? FaultOf(ISymbol symbol)
    {
        XElement? text = Parse(symbol.GetDocumentationCommentXml(expandIncludes: true));
        if (text?.Descendants("inheritdoc").Any() is true || IsDocumentedByItsType(symbol) || IsMadeUp(symbol, text))
        {
            return null;
        }

        string summary = text?.Element("summary") is XElement element ? TextOf(element) : "";
        int words = summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return words switch
        {
            0 => "no summary",
            > SummaryWords => $"a summary of {words} words",
            _ when text?.Descendants().Any(IsEmpty) is true => "an empty tag",
            _ when NeedsThreadSafety(symbol) && !SaysWhoMayUseIt(text) => "nothing about threads",
            _ => null,
        };
    }

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrEmpty(xml))
        {
            return null;
        }

        var document = XElement.Parse($"<doc>{xml}</doc>");
        return document.Element("member") ?? document;
    }

    // The compiler adds such a constructor without documentation, and refuses a written one that has none.
    private static bool IsMadeUp(ISymbol symbol, XElement? text) =>
        text is null && symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [] };

    // A positional record's constructor and properties are described by its <param> tags.
    private static bool IsDocumentedByItsType(ISymbol symbol) => symbol.ContainingType is { IsRecord: true } record
        && record.GetDocumentationCommentXml() is string xml
        && (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? xml.Contains("<param ", StringComparison.Ordinal)
            : xml.Contains($"<param name=\"{symbol.Name}\"", StringComparison.Ordinal));

    private static bool SaysWhoMayUseIt(XElement? text) => text is not null
        && ThreadSafetyWords.Any(word => text.Value.Contains(word, StringComparison.OrdinalIgnoreCase));

    // An immutable value and a thrown exception leave no doubt.
    private static bool NeedsThreadSafety(ISymbol symbol) =>
        symbol is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false } type
        && !type.IsReadOnly && !type.IsRefLikeType && !IsException(type);

    private static bool IsException(INamedTypeSymbol? type) =>
        type is not null && (type.Name is "Exception" || IsException(type.BaseType));

    private static bool IsEmpty(XElement element) =>
        element.Name.LocalName is "summary" or "remarks" or "returns" or "value" or "param" or "exception"
        && TextOf(element).Length == 0;

    // References stand for the one word they show.
    private static string TextOf(XElement element) => string.Concat(element.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => " " + reference.Attributes().FirstOrDefault()?.Value.Split('.')[^1],
        _ => "",
    })).Trim();
}
