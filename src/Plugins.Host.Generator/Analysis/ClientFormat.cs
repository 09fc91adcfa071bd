using Microsoft.CodeAnalysis;
using Plugins.Host.Generator.Diagnostics;
using Plugins.Pdk.Generator.Analysis;

namespace Plugins.Host.Generator.Analysis;

/// <summary>What an interface says of the format of its values.</summary>
internal sealed class ClientFormat
{
    private readonly bool _usesHostFormats;
    private readonly ClientFaults _faults;

    public ClientFormat(INamedTypeSymbol client, AttributeData attribute, ClientFaults faults)
    {
        _faults = faults;
        _usesHostFormats = Named(attribute, "UseHostFormats") is true;
        Context = Named(attribute, "JsonContext") as INamedTypeSymbol;
        if (Context is not null && Refusal(Context) is { } refusal)
        {
            faults.Add(client, ClientRules.InvalidContext, Context.Name, refusal);
            Context = null;
            _usesHostFormats = true;
        }
    }

    /// <summary>The context that describes the values; null where the host's formats are used.</summary>
    public INamedTypeSymbol? Context { get; }

    /// <summary>Adds a fault where nothing says how a type is written.</summary>
    public void Check(IMethodSymbol method, ITypeSymbol type)
    {
        ITypeSymbol plain = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        if (Context is null && !_usesHostFormats)
        {
            _faults.Add(method, ClientRules.NoFormat, method.Name, plain.ToDisplayString());
        }
        else if (Context is not null && !Describes(Context, plain))
        {
            _faults.Add(method, ClientRules.NotInContext, Context.Name, plain.ToDisplayString());
        }
    }

    private string? Refusal(INamedTypeSymbol context) => context switch
    {
        _ when !context.DerivesFrom(KnownNames.JsonContext) => "it does not derive from JsonSerializerContext",
        _ when !context.IsReachable() || context.TypesAround().Any(type => !type.IsReachable()) =>
            "generated code cannot name it; it must be at least internal",
        _ when _usesHostFormats => "UseHostFormats says that the host's formats are used; leave one of them out",
        _ => null,
    };

    private static bool Describes(INamedTypeSymbol context, ITypeSymbol type) => context
        .AttributesOf(KnownNames.JsonSerializable)
        .Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.FirstArgument() as ITypeSymbol, type));

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
