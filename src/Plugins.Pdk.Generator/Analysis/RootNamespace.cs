using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Where the exports of a project are put.</summary>
internal static class RootNamespace
{
    /// <summary>What the project says; null when it says nothing.</summary>
    public static string? Of(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? value) ? value : null;

    /// <summary>The project's namespace, or one made of the assembly's name.</summary>
    public static string From(string? configured, string assembly) => configured is null
        ? string.Join(".", assembly.Split('.').Select(Identifier))
        : string.Join(".", configured.Split('.').Where(part => part.Length > 0).Select(Identifier));

    private static string Identifier(string text)
    {
        char[] characters = [.. text.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_')];
        string name = new(characters);
        return SyntaxFacts.IsValidIdentifier(name) ? "@" + name : "_" + name;
    }
}
