using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Tests.Native;

/// <summary>Layouts as numbers, for where there are neither headers nor a compiler.</summary>
internal sealed class NativeStructureTests
{
    [TestCaseSource(typeof(NativeStructure), nameof(NativeStructure.All))]
    public void Structure_HandedToNativeCode_HasTheLayoutOfItsCounterpart(NativeStructure structure)
    {
        var (size, offsets) = structure.Measure();
        Assert.That(size, Is.EqualTo(structure.Size));
        Assert.That(offsets, Is.EqualTo(structure.Fields.Select(field => field.Offset)));
    }

    [TestCaseSource(typeof(NativeStructure), nameof(NativeStructure.All))]
    public void Field_OfAStructure_HasACounterpart(NativeStructure structure) =>
        Assert.That(
            structure.DeclaredFields().Select(field => field.Name),
            Is.EquivalentTo(structure.Fields.Select(field => field.Name)));

    [Test]
    public void Structure_BesideTheFunctions_HasACounterpart()
    {
        var structures = typeof(WasmtimeApi).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(WasmtimeApi).Namespace)
            .Where(type => type is { IsValueType: true, IsEnum: false });
        Assert.That(structures, Is.EquivalentTo(NativeStructure.All.Select(structure => structure.Type)));
    }
}
