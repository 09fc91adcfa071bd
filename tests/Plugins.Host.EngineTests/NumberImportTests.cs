using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Functions of the host of any signature over numbers.</summary>
internal sealed class NumberImportTests(TestedEngine tested) : EngineContract(tested)
{
    [Test]
    public void Import_OfMixedNumbers_SeesTheBitsOfEach()
    {
        ulong[]? seen = null;
        var type = new FunctionType([I32, I64, I64, I32, F64, F32], [I32]);
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I32, I64, I64, I32, F64, F32], [I32])
                .Function([], [I32], export: "run", code: code => code
                    .I32Const(-1).I64Const(long.MinValue).I64Const(-2).I32Const(7)
                    .I64Const(BitConverter.DoubleToInt64Bits(-0.5)).Op(Opcode.F64ReinterpretI64)
                    .I32Const(BitConverter.SingleToInt32Bits(1.5f)).Op(Opcode.F32ReinterpretI32).Call(0)),
            new HostImport(Host, "f", type, arguments =>
            {
                seen = arguments.ToArray();
                return 0xFFFF_FFFF_8000_0001; // An i32 has the lower half.
            }));
        Assert.That(instance.Run(), Is.EqualTo(unchecked((int)0x8000_0001)));
        Assert.That(seen, Is.EqualTo(new ulong[]
        {
            0xFFFF_FFFF,
            0x8000_0000_0000_0000,
            ulong.MaxValue - 1,
            7,
            BitConverter.DoubleToUInt64Bits(-0.5),
            BitConverter.SingleToUInt32Bits(1.5f),
        }));
    }

    [Test]
    public void Import_OfALongResult_GivesAllOfIt()
    {
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I64], [I64])
                .Function([], [I32], export: "run", code: code => code
                    .I64Const(long.MaxValue).Call(0).I64Const(32).Op(Opcode.I64ShrU).Op(Opcode.I32WrapI64)),
            new HostImport(Host, "f", new FunctionType([I64], [I64]), arguments => ~arguments[0]));
        Assert.That(instance.Run(), Is.EqualTo(unchecked((int)0x8000_0000)));
    }

    [TestCase(0, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 0)]
    [TestCase(3, 0)]
    [TestCase(1, 1)]
    [TestCase(1, 0)]
    [TestCase(9, 1)]
    [TestCase(HostImport.MaximumParameters, 1)]
    public void Import_OfAnyNumberOfInt32_SeesThem(int parameters, int results)
    {
        ulong[]? seen = null;
        ValueKind[] takes = [.. Enumerable.Repeat(I32, parameters)];
        ValueKind[] gives = [.. Enumerable.Repeat(I32, results)];
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", takes, gives)
                .Function([], [I32], export: "run", code: code =>
                {
                    for (var index = 0; index < parameters; index++)
                    {
                        code.I32Const(-1 - index);
                    }

                    code.Call(0);
                    if (results == 0)
                    {
                        code.I32Const(42);
                    }
                }),
            new HostImport(Host, "f", new FunctionType([.. takes], [.. gives]), arguments =>
            {
                seen = arguments.ToArray();
                return 42;
            }));
        Assert.That(instance.Run(), Is.EqualTo(42));
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, parameters).Select(index => (ulong)(uint)(-1 - index))));
    }

    [Test]
    public void Exception_OfAnImportOfNumbers_ReachesTheCallerUnchanged()
    {
        var thrown = new TimeZoneNotFoundException("the host's own");
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I64], [])
                .Function([], [I32], code => code.I64Const(1).Call(0).I32Const(1), export: "run"),
            new HostImport(Host, "f", new FunctionType([I64], []), _ => throw thrown));
        Assert.That(Assert.Catch(() => instance.Run()), Is.SameAs(thrown));
    }

    [Test]
    public void Import_OfNumbersInStart_SeesTheMemory()
    {
        var length = 0L;
        IEngineInstance? instance = null;
        instance = Create(new ModuleBuilder().ImportFunction(Host, "f", [I64], [])
            .Memory(1, export: "memory")
            .Function([], [], code => code.I64Const(5).Call(0)).Start(1));
        instance.Instantiate(
        [
            new HostImport(Host, "f", new FunctionType([I64], []), arguments =>
            {
                length = instance!.TryGetMemory(0, 100, out var span) ? span.Length : -1;
                return arguments[0];
            }),
        ]);
        Assert.That(length, Is.EqualTo(100));
    }

    [Test]
    public void Import_OfNumbersOfAnotherType_IsRefused()
    {
        var instance = Create(new ModuleBuilder().ImportFunction(Host, "f", [I64], [I32]));
        var fault = FaultOf(() => instance.Instantiate(
            [new HostImport(Host, "f", new FunctionType([I32], [I32]), _ => 0)]));
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.Link));
    }

    [Test]
    public void HostImport_OfATypeThatIsNotOverNumbers_IsRefused()
    {
        foreach (var type in new[]
        {
            new FunctionType([ExternRef], []),
            new FunctionType([V128], []),
            new FunctionType([], [I32, I32]),
            new FunctionType([.. Enumerable.Repeat(I32, HostImport.MaximumParameters + 1)], []),
        })
        {
            Assert.That(() => new HostImport(Host, "f", type, _ => 0), Throws.ArgumentException);
        }
    }
}
