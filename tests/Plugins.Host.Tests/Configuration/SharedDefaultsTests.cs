using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Host.Limits;
using Plugins.Host.Wasmtime;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

/// <summary>A configuration binder writes to whatever has a setter, <c>init</c> or not: none may be shared.</summary>
internal sealed class SharedDefaultsTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(PluginHost).Assembly, typeof(PluginManifest).Assembly, typeof(ModuleLimits).Assembly,
        typeof(WasmtimeEngine).Assembly,
    ];

    [Test]
    public void Object_FromAStaticProperty_IsTheCallersOwnIfItCanBeWrittenTo()
    {
        var properties = PublicTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(property => IsWritable(property.PropertyType))
            .ToArray();
        Assert.That(properties.Select(property => property.Name), Does.Contain(nameof(PluginLimits.DefaultCeiling)));
        Assert.That(
            properties.Where(property => ReferenceEquals(property.GetValue(null), property.GetValue(null))), Is.Empty);
    }

    [Test]
    public void Field_ThatIsStatic_HoldsNothingThatCanBeWrittenTo() => Assert.That(
        PublicTypes().SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => IsWritable(field.FieldType)),
        Is.Empty);

    [Test]
    public void Defaults_OfTwoObjects_AreTwoIfTheyCanBeWrittenTo()
    {
        var pairs = PublicTypes()
            .Where(type => type.GetConstructor(Type.EmptyTypes) is not null)
            .Where(type => !type.IsDefined(typeof(RequiredMemberAttribute)))
            .SelectMany(type =>
            {
                var (one, other) = (Activator.CreateInstance(type), Activator.CreateInstance(type));
                return type.GetProperties().Where(property => IsWritable(property.PropertyType))
                    .Select(property => (property, One: property.GetValue(one), Other: property.GetValue(other)));
            })
            .Where(pair => pair.One is not null)
            .ToArray();
        Assert.That(
            pairs.Select(pair => pair.property.Name), Does.Contain(nameof(PluginHostOptions.MaximumLimits)));
        Assert.That(pairs.Where(pair => ReferenceEquals(pair.One, pair.Other)).Select(pair => pair.property), Is.Empty);
    }

    private static IEnumerable<Type> PublicTypes() => Assemblies
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !type.ContainsGenericParameters && (!type.IsAbstract || type.IsSealed));

    private static bool IsWritable(Type type) => Assemblies.Contains(type.Assembly)
        && !type.IsValueType && type.GetProperties().Any(property => property.SetMethod is { IsPublic: true });
}
