using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Plugins.Pdk.Generator.Analysis;
using Plugins.Pdk.Generator.Emission;
using Plugins.Pdk.Generator.Pipeline;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator;

/// <summary>Writes exports for methods with [PluginFunction], and bodies for those with [HostFunction].</summary>
/// <remarks>Safe for use by many threads; the compiler makes it.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    internal const string FunctionsStep = "Functions";
    internal const string PluginStep = "Plugin";
    internal const string HostFunctionsStep = "HostFunctions";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        GenerateExports(context);
        GenerateHostFunctions(context);
    }

    private static void GenerateExports(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<FunctionShape>> functions = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.PluginFunction, static (_, _) => true, FindFunction)
            .WithTrackingName(FunctionsStep)
            .Collect()
            .Select(static (all, _) => Ordered(all));
        IncrementalValueProvider<EquatableArray<string>> capabilities = context.SyntaxProvider
            .CreateSyntaxProvider(CapabilityUses.IsCandidate, CapabilityUses.Find)
            .Where(static names => names.Count > 0)
            .Collect()
            .Select(static (uses, _) => Ordered(uses.SelectMany(names => names)));
        IncrementalValueProvider<string> space = context.AnalyzerConfigOptionsProvider
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? ""))
            .Select(static (all, _) => RootNamespace.From(RootNamespace.Of(all.Left), all.Right));
        IncrementalValueProvider<PluginShape> plugin = functions
            .Combine(capabilities)
            .Combine(space)
            .Select(static (all, _) => new PluginShape(all.Right, all.Left.Left, all.Left.Right))
            .WithTrackingName(PluginStep);
        context.RegisterSourceOutput(plugin, static (output, shape) => Emit(output, shape));
    }

    private static void GenerateHostFunctions(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<HostFunctionShape> functions = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.HostFunction, static (_, _) => true, FindHostFunction)
            .Where(static shape => shape is not null)
            .Select(static (shape, _) => shape!)
            .WithTrackingName(HostFunctionsStep);
        context.RegisterSourceOutput(functions, static (output, shape) =>
            output.AddSource(HintName(shape), HostFunctionEmitter.Emit(shape)));
    }

    private static FunctionShape? FindFunction(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        return FunctionAnalyzer.Analyze(method, context.Attributes[0], new MethodFaults(method, cancellation));
    }

    private static HostFunctionShape? FindHostFunction(
        GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var faults = new MethodFaults(method, cancellation);
        return HostFunctionAnalyzer.Analyze(method, context.TargetNode, context.Attributes[0], faults);
    }

    private static void Emit(SourceProductionContext output, PluginShape plugin)
    {
        if (plugin.Functions.Count > 0)
        {
            output.AddSource("PluginExports.g.cs", ExportsEmitter.Emit(plugin));
        }
    }

    // The first of two functions with one name is kept, so that the analyzer's fault stands alone.
    private static EquatableArray<FunctionShape> Ordered(ImmutableArray<FunctionShape?> shapes) => shapes
        .OfType<FunctionShape>()
        .GroupBy(shape => shape.Name, StringComparer.Ordinal)
        .Select(group => group.First())
        .OrderBy(shape => shape.Name, StringComparer.Ordinal)
        .ToEquatableArray();

    private static EquatableArray<string> Ordered(IEnumerable<string> names) => names
        .Distinct(StringComparer.Ordinal)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    private static string HintName(HostFunctionShape shape)
    {
        string owner = string.Join(".", shape.Types.Select(type => type.Substring(type.LastIndexOf('@') + 1)));
        string space = shape.Namespace.Length > 0 ? shape.Namespace + "." : "";
        return $"{space}{owner}.{shape.Capability}.g.cs";
    }
}
