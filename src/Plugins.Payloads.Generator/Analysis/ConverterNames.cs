using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Gives every type's converter a telling name that is unique in the context.</summary>
internal sealed class ConverterNames
{
    // Files are named after converters, and some file systems ignore case.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string For(ITypeSymbol type) => For(NameOf(type));

    public string For(string name)
    {
        string unique = name + "Converter";
        for (int number = 2; !_taken.Add(unique); number++)
        {
            unique = $"{name}{number}Converter";
        }

        return unique;
    }

    public static string NameOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => "ArrayOf" + NameOf(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic =>
            Outer(generic) + generic.Name + "Of" + string.Join("And", generic.TypeArguments.Select(NameOf)),
        _ => Outer(type) + type.Name,
    };

    private static string Outer(ITypeSymbol type) => type.ContainingType is null ? "" : NameOf(type.ContainingType);
}
