using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;
using static Plugins.Wasm.Types.ValueCode;

namespace Plugins.Wasm.Tests.Validation;

internal sealed class LocalTypesTests
{
    [Test]
    public void Indexer_ParametersThenRuns_GivesTheirTypes()
    {
        LocalTypes locals = Create([I32, F64], new(2, I64), new(1, F32), new(3, ExternRef));
        Assert.That(
            Enumerable.Range(0, (int)locals.Count).Select(index => locals[(uint)index]),
            Is.EqualTo(new[] { I32, F64, I64, I64, F32, ExternRef, ExternRef, ExternRef }));
    }

    [Test]
    public void Reset_ForASmallerFunction_ForgetsTheLargerOne()
    {
        LocalTypes locals = Create([I32], new(1, I64), new(1, F32));
        locals.Reset(FunctionType.Adopt([], []), new FunctionBody(0, 0, [new(2, F64)]));
        Assert.That((locals.Count, locals[0], locals[1]), Is.EqualTo((2u, F64, F64)));
    }

    [Test]
    public void Indexer_ManyParametersAndRuns_GivesTheTypeOfEach()
    {
        ValueCode[] parameters = [.. Enumerable.Range(0, 200).Select(index => index % 2 == 0 ? I32 : F64)];
        LocalTypes locals = Create(parameters, new(1, I64), new(40_000, F32), new(2, ExternRef));
        ValueCode[] expected = [.. parameters, I64, .. Enumerable.Repeat(F32, 40_000), ExternRef, ExternRef];
        Assert.That(
            Enumerable.Range(0, (int)locals.Count).Select(index => locals[(uint)index]), Is.EqualTo(expected));
    }

    [Test]
    public void ByFirstByte_WithManyLocals_KnowsIndicesOfOneByteOnly()
    {
        LocalTypes locals = Create([I32], new LocalGroup(500, F32));
        Assert.That(locals.ByFirstByte[..0x80], Is.EqualTo(new[] { I32 }.Concat(Enumerable.Repeat(F32, 127))));
        Assert.That(locals.ByFirstByte[0x80..], Has.All.EqualTo(default(ValueCode)));
    }

    [Test]
    public void ByFirstByte_AfterALargerFunction_HasNoTypeForItsLocals()
    {
        LocalTypes locals = Create([I32], new LocalGroup(300, F32));
        locals.Reset(FunctionType.Adopt([I64], []), new FunctionBody(0, 0, []));
        Assert.That(locals.ByFirstByte[..3], Is.EqualTo(new ValueCode[] { I64, default, default }));
    }

    [Test]
    public void Count_WithoutLocals_IsZero() => Assert.That(Create([]).Count, Is.Zero);

    private static LocalTypes Create(ValueCode[] parameters, params LocalGroup[] groups)
    {
        LocalTypes locals = new();
        locals.Reset(FunctionType.Adopt(parameters, []), new FunctionBody(0, 0, groups));
        return locals;
    }
}
