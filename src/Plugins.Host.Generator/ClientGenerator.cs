using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Host.Generator.Analysis;
using Plugins.Host.Generator.Emission;
using Plugins.Host.Generator.Shapes;

namespace Plugins.Host.Generator;

/// <summary>Writes a client for each interface with [PluginClient].</summary>
/// <remarks>Safe for use by many threads; the compiler makes it.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ClientGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ClientShape> clients = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.PluginClient, static (node, _) => node is InterfaceDeclarationSyntax, Find)
            .Where(static shape => shape is not null)
            .Select(static (shape, _) => shape!);
        context.RegisterSourceOutput(clients, static (output, client) =>
            output.AddSource(HintName(client), ClientEmitter.Emit(client)));
    }

    private static ClientShape? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        ClientReader.Read(
            (INamedTypeSymbol)context.TargetSymbol, context.Attributes[0], new ClientFaults(), cancellation);

    private static string HintName(ClientShape client) =>
        (client.Namespace.Length > 0 ? client.Namespace + "." : "") + client.Name + ".g.cs";
}
