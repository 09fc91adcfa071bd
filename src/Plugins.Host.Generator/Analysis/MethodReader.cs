using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Plugins.Host.Generator.Diagnostics;
using Plugins.Host.Generator.Shapes;
using Plugins.Pdk.Generator.Analysis;

namespace Plugins.Host.Generator.Analysis;

/// <summary>Finds out how one method becomes a call.</summary>
internal sealed class MethodReader(IMethodSymbol method, ClientFormat format, ClientFaults faults)
{
    /// <summary>How a parameter is written, with its default: the class may be called without the interface.</summary>
    private static readonly SymbolDisplayFormat Declaration = SymbolDisplayFormat.FullyQualifiedFormat
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<IParameterSymbol> _values = [];
    private string _tenant = "";
    private string _options = "";
    private string _cancellation = "";

    public ClientMethod Read()
    {
        if (method.IsGenericMethod)
        {
            faults.Add(method, ClientRules.Generic, method.Name);
        }

        ReadParameters();
        ITypeSymbol? result = ResultType(out bool isAsync);
        bool isStreamed = _values.Count == 2 && _values.All(value => value.Type.Is(KnownNames.Stream));
        if (_values.Count > 1 && !isStreamed)
        {
            faults.Add(method, ClientRules.Parameters, method.Name, $"{_values.Count} values");
        }

        if (isAsync && _cancellation.Length == 0)
        {
            faults.Add(method, ClientRules.Cancellation, method.Name);
        }

        (ResultForm form, CarriedValue output) = ReadResult(result, isStreamed);
        return new ClientMethod(
            Signature(),
            Function(),
            isAsync,
            isStreamed ? Stream(_values[0]) : ReadInput(),
            isStreamed ? Stream(_values[1]) : output,
            form,
            _tenant,
            _options,
            _cancellation);
    }

    private static CarriedValue Stream(IParameterSymbol parameter) =>
        new(CarriedKind.Streams, Name: Escape(parameter.Name));

    private void ReadParameters()
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            string name = Escape(parameter.Name);
            if (parameter.RefKind != RefKind.None)
            {
                faults.Add(method, ClientRules.Parameters, method.Name, $"'{parameter.Name}' by reference");
            }
            else if (parameter.Type.Is(KnownNames.CancellationToken))
            {
                RequireFirst(parameter, _cancellation);
                _cancellation = name;
            }
            else if (parameter.Type.Is(KnownNames.CallOptions))
            {
                RequireFirst(parameter, _options);
                _options = name;
            }
            else if (parameter.AttributesOf(KnownNames.PluginTenant).Any())
            {
                RequireFirst(parameter, _tenant);
                RequireText(parameter);
                _tenant = name;
            }
            else
            {
                _values.Add(parameter);
            }
        }

        if (_cancellation.Length > 0 && !method.Parameters.Last().Type.Is(KnownNames.CancellationToken))
        {
            faults.Add(method, ClientRules.Parameters, method.Name, "a CancellationToken that is not the last");
        }
    }

    private void RequireFirst(IParameterSymbol parameter, string present)
    {
        if (present.Length > 0)
        {
            faults.Add(method, ClientRules.Parameters, method.Name, $"'{parameter.Name}' besides '{present}'");
        }
    }

    private void RequireText(IParameterSymbol parameter)
    {
        if (parameter.Type.SpecialType != SpecialType.System_String)
        {
            faults.Add(method, ClientRules.Parameters, method.Name, $"the tenant '{parameter.Name}', which is no text");
        }
    }

    /// <summary>The type of the result, without the task around it; null for none.</summary>
    private ITypeSymbol? ResultType(out bool isAsync)
    {
        isAsync = IsTask(method.ReturnType);
        return isAsync
            ? ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault()
            : method.ReturnsVoid ? null : method.ReturnType;
    }

    private CarriedValue ReadInput()
    {
        if (_values.Count != 1)
        {
            return CarriedValue.Nothing;
        }

        IParameterSymbol value = _values[0];
        if (KindOf(value.Type) is { } kind)
        {
            return new CarriedValue(kind, value.Type.ToCode(), Escape(value.Name));
        }

        faults.Add(method, ClientRules.Parameters, method.Name, $"'{value.Type.ToDisplayString()}'");
        return CarriedValue.Nothing;
    }

    private (ResultForm Form, CarriedValue Output) ReadResult(ITypeSymbol? result, bool isStreamed)
    {
        if (result is null)
        {
            return (ResultForm.Nothing, CarriedValue.Nothing);
        }

        bool isWhole = result.Is(KnownNames.Result);
        ITypeSymbol? type = isWhole ? ((INamedTypeSymbol)result).TypeArguments.FirstOrDefault() : result;
        if (isStreamed && isWhole && type is null)
        {
            return (ResultForm.Whole, CarriedValue.Nothing);
        }

        CarriedKind? kind = method.RefKind == RefKind.None && !isStreamed && type is not null ? KindOf(type) : null;
        if (kind is null)
        {
            faults.Add(method, ClientRules.ReturnType, method.Name, $"'{result.ToDisplayString()}'");
            return (ResultForm.Nothing, CarriedValue.Nothing);
        }

        return (isWhole ? ResultForm.Whole : ResultForm.Value, new CarriedValue(kind.Value, type!.ToCode()));
    }

    private CarriedKind? KindOf(ITypeSymbol type)
    {
        switch (type)
        {
            case { SpecialType: SpecialType.System_String }:
                return CarriedKind.Text;
            case IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte }:
            case INamedTypeSymbol { TypeArguments.Length: 1 } memory
                when memory.Is(KnownNames.ReadOnlyMemory)
                && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte:
                return CarriedKind.Bytes;
            case { IsRefLikeType: true }:
            case { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error or TypeKind.Dynamic }:
            case ITypeParameterSymbol:
            case var other when other.Is(KnownNames.Stream) || IsTask(other):
                return null;
            default:
                format.Check(method, type);
                return CarriedKind.Payload;
        }
    }

    private string Function()
    {
        AttributeData? attribute = method.AttributesOf(KnownNames.PluginCall).FirstOrDefault();
        if (attribute is null)
        {
            return FunctionNames.Of(method.Name);
        }

        string name = attribute.FirstArgument() as string ?? "";
        if (name.Length == 0)
        {
            faults.Add(method, ClientRules.Name, method.Name, "function");
        }

        return name;
    }

    private string Signature()
    {
        IEnumerable<string> parameters = method.Parameters
            .Select(parameter => parameter.ToDisplayString(Declaration));
        return $"{method.ReturnType.ToCode()} {Escape(method.Name)}({string.Join(", ", parameters)})";
    }

    private static bool IsTask(ITypeSymbol type) => type.Is(KnownNames.Task) || type.Is(KnownNames.ValueTask);

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
