using Microsoft.CodeAnalysis;
using Plugins.Pdk.Generator.Diagnostics;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Decides how the one parameter and the result of a method cross to the host.</summary>
internal sealed class ValueAnalyzer(IMethodSymbol method, MethodFaults faults)
{
    public ValueShape Parameter()
    {
        if (method.Parameters.IsEmpty)
        {
            return ValueShape.None;
        }

        IParameterSymbol parameter = method.Parameters[0];
        string? fault = method switch
        {
            { Parameters.Length: > 1 } => $"{method.Parameters.Length} parameters",
            { IsVararg: true } => "any number of parameters",
            _ when parameter.RefKind != RefKind.None => $"'{parameter.Name}' by reference",
            _ => null,
        };
        ValueShape? shape = fault is null ? Shape(parameter.Type, acceptsReply: false) : null;
        if (shape is null)
        {
            faults.AddAt(
                MethodFaults.Place(parameter),
                PluginRules.Parameters,
                method.Name,
                fault ?? $"'{parameter.Type.ToDisplayString()}'");
        }

        return shape ?? ValueShape.None;
    }

    public ValueShape Result(bool acceptsReply)
    {
        if (method.ReturnsVoid || faults.Any)
        {
            return ValueShape.None;
        }

        ValueShape? shape = method.RefKind == RefKind.None ? Shape(method.ReturnType, acceptsReply) : null;
        if (shape is null)
        {
            string kind = method.RefKind == RefKind.None ? "" : " by reference";
            faults.Add(PluginRules.ReturnType, method.Name, $"'{method.ReturnType.ToDisplayString()}'{kind}");
        }

        return shape ?? ValueShape.None;
    }

    private ValueShape? Shape(ITypeSymbol type, bool acceptsReply) => type switch
    {
        { SpecialType: SpecialType.System_String } => new ValueShape(ValueKind.Text),
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => new(ValueKind.Bytes),
        INamedTypeSymbol { TypeArguments.Length: 1 } span when IsByteSpan(span) =>
            acceptsReply ? null : new(ValueKind.Bytes),
        { IsRefLikeType: true } => acceptsReply && type.Is(KnownNames.HostReply) ? new(ValueKind.Reply) : null,
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error or TypeKind.Dynamic } => null,
        _ => Payload(type),
    };

    private static bool IsByteSpan(INamedTypeSymbol type) =>
        type.Is("System.ReadOnlySpan") && type.TypeArguments[0].SpecialType == SpecialType.System_Byte;

    private ValueShape Payload(ITypeSymbol type)
    {
        ITypeSymbol plain = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        INamedTypeSymbol? context = FindContext(plain);
        if (context is null)
        {
            return ValueShape.None;
        }

        if (!PayloadContexts.Describes(context, plain))
        {
            faults.AddNotInContext(context, plain);
        }

        bool allowNull = type.IsReferenceType
            ? type.NullableAnnotation == NullableAnnotation.Annotated
            : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return new(ValueKind.Payload, type.ToCode(), context.ToCode(), allowNull);
    }

    private INamedTypeSymbol? FindContext(ITypeSymbol type)
    {
        IReadOnlyList<INamedTypeSymbol> contexts = PayloadContexts.Around(method);
        if (contexts.Count == 1)
        {
            return contexts[0];
        }

        if (contexts.Count > 1)
        {
            faults.Add(PluginRules.InvalidContext, contexts[1].Name, $"'{contexts[0].Name}' is named already");
        }
        else if (PayloadContexts.Unusable(method).FirstOrDefault() is INamedTypeSymbol unusable)
        {
            faults.Add(PluginRules.InvalidContext, unusable.Name, "it does not derive from JsonSerializerContext");
        }
        else
        {
            faults.Add(PluginRules.NoContext, type.ToDisplayString());
        }

        return null;
    }
}
