using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plugins.Conventions.Tests.Assemblies;

/// <summary>What an assembly offers the public, read back from its metadata and its documentation file.</summary>
public sealed class ProductAssembly
{
    private static readonly CSharpCompilation Platform = CSharpCompilation.Create(
        "Sample",
        references: ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Where(path => !IsProduct(path))
            .Select(path => MetadataReference.CreateFromFile(path)),
        options: new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private readonly IAssemblySymbol _assembly;

    private ProductAssembly(IAssemblySymbol assembly) => _assembly = assembly;

    public static IReadOnlyList<ProductAssembly> All { get; } =
        Load(
            "Plugins.Wasm",
            "Plugins.Manifest",
            "Plugins.Wasi",
            "Plugins.Pdk",
            "Plugins.Host",
            "Plugins.AspNetCore",
            "Plugins.Host.MessagePack",
            "Plugins.Host.Wasmtime",
            "Plugins.Testing");

    public string Name => _assembly.Name;

    internal IEnumerable<INamedTypeSymbol> PublicTypes => TypesIn(_assembly.GlobalNamespace)
        .Where(IsVisible)
        .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);

    public override string ToString() => Name;

    /// <summary>An assembly of one source file, to try a rule on.</summary>
    internal static ProductAssembly FromSource(string source) => new(Platform.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
        "namespace Sample;\n" + source,
        new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))).Assembly);

    // The compiler makes public types of extension blocks inside internal ones.
    private static bool IsVisible(INamedTypeSymbol? type) =>
        type is null || (type.DeclaredAccessibility is Accessibility.Public && IsVisible(type.ContainingType));

    private static ProductAssembly[] Load(params string[] names)
    {
        MetadataReference[] references = [.. names.Select(Reference)];
        var compilation = Platform.AddReferences(references);
        return [.. references.Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
            .Select(assembly => new ProductAssembly(assembly))];
    }

    private static PortableExecutableReference Reference(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        var documentation = new DocumentationFile(Path.ChangeExtension(path, ".xml"));
        return MetadataReference.CreateFromFile(path, documentation: documentation);
    }

    private static bool IsProduct(string path) =>
        Path.GetFileName(path).StartsWith("Plugins.", StringComparison.Ordinal);

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? [type, .. TypesIn(type)] : TypesIn(member));
}
