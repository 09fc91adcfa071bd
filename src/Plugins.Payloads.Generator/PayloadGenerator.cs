using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Emission;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator;

/// <summary>Completes payload contexts with converters for the types that their attributes name.</summary>
/// <remarks>Safe for use by many threads; the compiler makes and owns it.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PayloadGenerator : IIncrementalGenerator
{
    internal const string ShapesStep = "Shapes";
    internal const string TypesStep = "Types";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ContextAnalysis> analyses = context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeNames.Serializable,
            static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
            ContextAnalyzer.Analyze);
        IncrementalValuesProvider<ContextShape> shapes = analyses
            .Where(static analysis => analysis.Shape is not null)
            .Select(static (analysis, _) => analysis.Shape!)
            .WithTrackingName(ShapesStep);

        // Types come one by one, so that a change of one rewrites only its own file.
        IncrementalValuesProvider<(ContextFrame Frame, TypeShape Type)> types = shapes
            .SelectMany(static (shape, _) => shape.Types.Select(type => (ContextFrame.Of(shape), type)))
            .WithTrackingName(TypesStep);

        context.RegisterSourceOutput(
            analyses.SelectMany(static (analysis, _) => analysis.Faults),
            static (output, fault) => output.ReportDiagnostic(fault.ToDiagnostic()));
        context.RegisterSourceOutput(
            shapes,
            static (output, shape) => output.AddSource(ContextFrame.Of(shape).HintName, ContextEmitter.Emit(shape)));
        context.RegisterSourceOutput(
            types,
            static (output, item) => output.AddSource(
                item.Frame.HintNameOf(item.Type.ConverterName), TypeEmitter.Emit(item.Frame, item.Type)));
    }
}
