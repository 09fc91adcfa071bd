using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Finds every type that the payloads are made of, each once, and gives it a converter.</summary>
internal sealed class TypeGraph(AnalysisScope scope)
{
    private const string Library = "global::Plugins.Payloads.Converters.";
    private const int DeepestType = 16;

    private readonly Dictionary<string, string> _converters = new(StringComparer.Ordinal);
    private readonly List<ComposedShape> _composed = [];
    private readonly List<ObjectShape> _objects = [];
    private readonly List<EntryShape> _entries = [];
    private readonly Queue<(INamedTypeSymbol Type, string ConverterName, Location? Request)> _pending = [];
    private readonly HashSet<string> _derived = new(StringComparer.Ordinal);
    private readonly ConverterNames _names = new();
    private readonly CustomConverters _custom = new(scope);

    public IEnumerable<TypeShape> Types =>
        [.. _objects.Select(shape => shape with { IsDerived = _derived.Contains(shape.ConverterName) }), .. _composed];

    /// <summary>
    /// What the context answers to: the types asked for, and the application's own that they contain.
    /// </summary>
    public IEnumerable<EntryShape> Entries => _entries;

    /// <summary>Adds a type that the application asked for.</summary>
    public void AddRoot(ITypeSymbol type, Location? request)
    {
        scope.Request = request;
        if (ElementConverterOf(type, null, allowsNull: false) is string converter)
        {
            // What was asked for goes before what was found in it, where these differ in nullability.
            _entries.RemoveAll(entry => entry.TypeName == type.RuntimeName());
            AddEntry(type, converter);
        }
    }

    /// <summary>Analyzes the objects found so far, and those that they contain.</summary>
    public void Complete(CancellationToken cancellation)
    {
        var analyzer = new ObjectAnalyzer(scope, this);
        while (_pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            (INamedTypeSymbol type, string converterName, scope.Request) = _pending.Dequeue();
            _objects.Add(analyzer.Analyze(type, converterName));
        }
    }

    /// <returns>Null for a type that cannot be a payload, which was reported.</returns>
    public ValueShape? ValueOf(ITypeSymbol type, bool allowsNull, ISymbol member)
    {
        ITypeSymbol content = type.WithoutNullable();
        bool isCustom = CustomConverters.IsOn(member);
        bool isText = EnumTypes.IsText(member) && content.TypeKind is TypeKind.Enum;
        string? converter = (isCustom, isText) switch
        {
            (true, _) => CustomConverter(member, content),
            (_, true) => EnumConverter((INamedTypeSymbol)content, asText: true),
            _ => ConverterOf(content, member),
        };
        return converter is null ? null : new ValueShape(
            content.Spelled(),
            converter,
            isCustom || isText || CustomConverters.IsOn(content) ? null : SimpleTypes.PrimitiveOf(content),
            NullsOf(type, allowsNull));
    }

    /// <summary>The nested class of a type that a base type lists.</summary>
    public string DerivedConverterOf(INamedTypeSymbol type)
    {
        string expression = ObjectConverterOf(type);
        string name = expression.Substring(0, expression.LastIndexOf('.'));
        _derived.Add(name);
        return name;
    }

    private string ObjectConverterOf(INamedTypeSymbol type)
    {
        string key = type.Spelled();
        if (!_converters.TryGetValue(key, out string? converter))
        {
            string name = _names.For(type);
            _converters[key] = converter = name + ".Instance";
            _pending.Enqueue((type, name, scope.Request));
            AddEntry(type, converter);
        }

        return converter!;
    }

    private static NullForm NullsOf(ITypeSymbol type, bool allowsNull) => type switch
    {
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => NullForm.NullableValue,
        { IsReferenceType: true } => allowsNull ? NullForm.NullableReference : NullForm.Reference,
        _ => NullForm.Value,
    };

    private string? ElementConverterOf(ITypeSymbol type, ISymbol? member, bool allowsNull)
    {
        ITypeSymbol content = type.WithoutNullable();
        string? converter = ConverterOf(content, member);
        string? wrapper = NullsOf(type, allowsNull) switch
        {
            NullForm.NullableValue => "Nullable",
            NullForm.NullableReference => "NullableReference",
            _ => null,
        };
        return converter is null || wrapper is null
            ? converter
            : Compose(
                $"{content.Spelled()}?",
                "Nullable" + ConverterNames.NameOf(content),
                $"{Library}{wrapper}Converter<{content.Spelled()}>",
                converter);
    }

    private string? ConverterOf(ITypeSymbol type, ISymbol? member)
    {
        if (type.TypeKind is TypeKind.Error)
        {
            return null; // The compiler says so itself.
        }

        if (SimpleTypes.ConverterOf(type) is string simple)
        {
            return simple;
        }

        if (CustomConverters.IsOn(type))
        {
            return CustomConverter(type, type);
        }

        string? fault = UnsupportedTypes.FaultOf(type)
            ?? (DepthOf(type) > DeepestType ? "its type arguments never end" : null);
        if (fault is not null)
        {
            scope.Report(PayloadRules.UnsupportedType, member, type.ToDisplayString(), fault);
            return null;
        }

        return type switch
        {
            _ when CollectionTypes.IsCollection(type) => CollectionConverter(type, member),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => EnumConverter(named),
            INamedTypeSymbol named => Reachable(named, member) ? ObjectConverterOf(named) : null,
            _ => null,
        };
    }

    private string EnumConverter(INamedTypeSymbol type)
    {
        string converter = EnumConverter(type, EnumTypes.IsText(type));
        AddEntry(type, converter);
        return converter;
    }

    private string EnumConverter(INamedTypeSymbol type, bool asText)
    {
        string key = (asText ? "text of " : "number of ") + type.Spelled();
        if (!_converters.TryGetValue(key, out string? converter))
        {
            string name = _names.For(type);
            ComposedShape shape = asText ? EnumTypes.TextConverter(type, name) : EnumTypes.NumberConverter(type, name);
            _composed.Add(shape);
            _converters[key] = converter = shape.ConverterName + ".Instance";
        }

        return converter!;
    }

    private string? CustomConverter(ISymbol symbol, ITypeSymbol type)
    {
        if (_custom.Find(symbol, type) is not INamedTypeSymbol converter)
        {
            return null;
        }

        string expression = Compose(type.Spelled(), "Custom" + ConverterNames.NameOf(type), converter.Spelled());
        if (SymbolEqualityComparer.Default.Equals(symbol, type))
        {
            AddEntry(type, expression);
        }

        return expression;
    }

    private string? CollectionConverter(ITypeSymbol type, ISymbol? member)
    {
        IReadOnlyList<ITypeSymbol> parts = CollectionTypes.PartsOf(type);
        if (parts.Count is 2 && !CollectionTypes.CanBeKey(parts[0]))
        {
            scope.Report(
                PayloadRules.UnsupportedType,
                member,
                type.ToDisplayString(),
                "a dictionary's keys are strings, whole numbers, enumerations or GUIDs");
            return null;
        }

        string?[] converters = [.. parts.Select(part => ElementConverterOf(part, member, AllowsNull(part)))];
        return converters.Any(converter => converter is null)
            ? null
            : Compose(
                type.Spelled(),
                ConverterNames.NameOf(type),
                CollectionTypes.ConverterOf(type, type.Spelled(), string.Join(", ", parts.Select(Annotated)))!,
                converters!);
    }

    private string Compose(string type, string name, string library, params string[] converters)
    {
        string key = $"{library}({string.Join(", ", converters)})";
        if (!_converters.TryGetValue(key, out string? converter))
        {
            var shape = new ComposedShape(type, _names.For(name), library, converters.ToEquatableArray());
            _composed.Add(shape);
            _converters[key] = converter = shape.ConverterName + ".Instance";
        }

        return converter!;
    }

    private bool Reachable(INamedTypeSymbol type, ISymbol? member)
    {
        bool reachable = scope.CanReach(type);
        if (!reachable)
        {
            scope.Report(PayloadRules.Inaccessible, member ?? type, type.ToDisplayString(), scope.Context.Name);
        }

        return reachable;
    }

    private void AddEntry(ITypeSymbol type, string converter)
    {
        string name = type.RuntimeName();
        if (_entries.All(entry => entry.TypeName != name))
        {
            _entries.Add(new(name, converter));
        }
    }

    private static bool AllowsNull(ITypeSymbol type) => type.NullableAnnotation is NullableAnnotation.Annotated;

    private static string Annotated(ITypeSymbol type) =>
        type.IsReferenceType && AllowsNull(type) ? type.Spelled() + "?" : type.Spelled();

    private static int DepthOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + DepthOf(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => 1 + generic.TypeArguments.Max(DepthOf),
        _ => 0,
    };
}
