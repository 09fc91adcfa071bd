using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Plugins.Conventions.Tests.Assemblies;

/// <summary>The documentation the compiler wrote beside an assembly.</summary>
internal sealed class DocumentationFile(string path) : DocumentationProvider
{
    private readonly string _path = path;

    private readonly Lazy<Dictionary<string, string>> _members = new(() => XElement.Load(path)
        .Descendants("member")
        .ToDictionary(NameOf, member => member.ToString(), StringComparer.Ordinal));

    public override bool Equals(object? obj) => obj is DocumentationFile other && other._path == _path;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_path);

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.Value.GetValueOrDefault(documentationMemberID);

    private static string NameOf(XElement member) => (string?)member.Attribute("name") ?? "";
}
