using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Vectors;

/// <summary>Vectors on every way that values go: between functions, to the host, through globals and blocks.</summary>
[ModeFixture]
internal sealed class VectorWayTests(GuestMode mode) : GuestFixture(mode)
{
    private static readonly Vector128<byte> s_one = Vector128<byte>.Indices;
    private static readonly Vector128<byte> s_two = Vector128.Create(0x1122_3344_5566_7788UL, ulong.MaxValue).AsByte();

    [Test]
    public void Delegate_OverVectors_TakesAndGivesThem()
    {
        var add = new ModuleBuilder()
            .Function([V128, I32, V128], [V128], c => c.LocalGet(0).LocalGet(1).Op(Opcode.I8x16Splat)
                .Op(Opcode.I8x16Add).LocalGet(2).Op(Opcode.I8x16Add), export: "run")
            .Instantiate().GetFunction("run")
            .CreateDelegate<Func<Vector128<byte>, int, Vector128<byte>, Vector128<byte>>>();

        Assert.That(add(s_one, 7, s_two), Is.EqualTo(s_one + Vector128.Create((byte)7) + s_two));
    }

    [Test]
    public void Invoke_WithManyVectors_KeepsEachInItsPlace()
    {
        ValueKind[] kinds = [.. Enumerable.Range(0, 24).Select(i => i % 3 == 0 ? V128 : i % 3 == 1 ? I64 : ExternRef)];
        Function function = new ModuleBuilder()
            .Function(kinds, kinds, c => All(c))
            .Function(kinds, kinds, c => All(c).Call(0), export: "run")
            .Instantiate().GetFunction("run");
        Value[] arguments = [.. kinds.Select((kind, i) => kind switch
        {
            V128 => Value.FromVector128(Vector128.Create((byte)(i + 1))),
            I64 => Value.FromInt64(i),
            _ => Value.FromReference(kind, $"{i}"),
        })];
        var results = new Value[kinds.Length];

        function.Invoke(arguments, results);

        Assert.That(results, Is.EqualTo(arguments));

        CodeBuilder All(CodeBuilder code)
        {
            for (uint i = 0; i < kinds.Length; i++)
            {
                code.LocalGet(i);
            }

            return code;
        }
    }

    [Test]
    public void HostFunctions_OverVectors_AreCalledWithThem()
    {
        var type = new FunctionType([V128, I32], [I32, V128]);
        var imports = new Imports()
            .Add("a", "swap", type, (_, arguments, results) => (results[0], results[1]) = (arguments[1], arguments[0]))
            .Add("a", "not", (Vector128<byte> value) => ~value);
        Function function = new ModuleBuilder()
            .ImportFunction("a", "swap", [V128, I32], [I32, V128])
            .ImportFunction("a", "not", [V128], [V128])
            .Function([V128], [V128], c => c.LocalGet(0).I32Const(9).Call(0).Call(1).LocalSet(0)
                .Op(Opcode.I8x16Splat).LocalGet(0).Op(Opcode.V128Xor), export: "run")
            .Instantiate(imports: imports).GetFunction("run");

        Assert.That(Run(function, s_one), Is.EqualTo(~s_one ^ Vector128.Create((byte)9)));
    }

    [Test]
    public void TableCalls_OfVectorFunctions_GoToThem()
    {
        Function function = new ModuleBuilder()
            .Function([V128], [V128], c => c.LocalGet(0).Op(Opcode.V128Not))
            .Function([V128], [V128], c => c.LocalGet(0).I32Const(0).CallIndirect(0), export: "run")
            .Table(1).Elements(0, 0u)
            .Instantiate().GetFunction("run");

        Assert.That(Run(function, s_two), Is.EqualTo(~s_two));
    }

    [TestCase(null)]
    [TestCase("g")]
    public void Globals_OfVectors_KeepThemAndAreRestored(string? export)
    {
        Instance instance = new ModuleBuilder()
            .Global(V128, value: c => c.V128Const(s_one))
            .Global(V128, isMutable: true, value: c => c.V128Const(s_two), export)
            .Function([V128], [V128], c => c.GlobalGet(1).LocalGet(0).GlobalSet(1).GlobalGet(0).Op(Opcode.V128Xor),
                export: "run")
            .Instantiate();
        Function function = instance.GetFunction("run");
        InstanceSnapshot snapshot = instance.CaptureSnapshot();

        Assert.That(Run(function, Vector128<byte>.Zero), Is.EqualTo(s_two ^ s_one));
        Assert.That(Run(function, s_two), Is.EqualTo(s_one));
        if (export is not null)
        {
            Assert.That(instance.GetGlobal(export).Value, Is.EqualTo(Value.FromVector128(s_two)));
            instance.GetGlobal(export).Value = Value.FromVector128(s_one);
            Assert.That(Run(function, s_one), Is.EqualTo(Vector128<byte>.Zero));
        }

        instance.Restore(snapshot);
        Assert.That(Run(function, s_one), Is.EqualTo(s_two ^ s_one));
    }

    [Test]
    public void Global_ImportedAsAVector_IsTheHosts()
    {
        using var store = new Store();
        var global = new Global(store, new GlobalType(V128, isMutable: true), Value.FromVector128(s_two));
        Function function = new ModuleBuilder().ImportGlobal("a", "g", V128, isMutable: true)
            .Function([V128], [V128], c => c.GlobalGet(0).LocalGet(0).GlobalSet(0), export: "run")
            .Instantiate(store, new Imports().Add("a", "g", global)).GetFunction("run");

        Assert.That(Run(function, s_one), Is.EqualTo(s_two));
        Assert.That(global.Value.AsVector128(), Is.EqualTo(s_one));
    }

    // Each round adds the parameter, which the loop carries as its operand, to a local that began as zeros.
    [Test]
    public void Loop_WithVectors_MovesOverWithThem()
    {
        const uint Rounds = 1, Sum = 2;
        Function function = new ModuleBuilder()
            .Type([V128], [V128])
            .Function([V128], [V128], c => c.LocalGet(0).BlockOfType(Opcode.Loop, 0)
                .LocalTee(0).LocalGet(Sum).Op(Opcode.I8x16Add).LocalSet(Sum).LocalGet(0)
                .LocalGet(Rounds).I32Const(1).Op(Opcode.I32Add).LocalTee(Rounds).I32Const(5).Op(Opcode.I32LtU)
                .BrIf(0).End().LocalGet(Sum).Op(Opcode.I8x16Sub), [I32, V128], export: "run")
            .Instantiate().GetFunction("run");

        Assert.That(Run(function, s_one), Is.EqualTo(s_one - (s_one * Vector128.Create((byte)5))));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    public void Select_OfVectors_TakesOne(int condition, bool takesFirst)
    {
        var select = new ModuleBuilder()
            .Function([V128, I32], [V128], c => c.LocalGet(0).V128Const(s_two).LocalGet(1).Op(Opcode.Select),
                export: "run")
            .Instantiate().GetFunction("run").CreateDelegate<Func<Vector128<byte>, int, Vector128<byte>>>();

        Assert.That(select(s_one, condition), Is.EqualTo(takesFirst ? s_one : s_two));
    }

    [Test]
    public void Value_UsedLater_IsWhatItWas()
    {
        Function function = new ModuleBuilder()
            .Function([V128], [V128], c => c.LocalGet(0).V128Const(s_two).LocalSet(0)
                .Block(V128).LocalGet(0).I32Const(1).BrIf(0).Drop().V128Const(s_one).End().Op(Opcode.I8x16Sub),
                export: "run")
            .Instantiate().GetFunction("run");

        Assert.That(Run(function, s_one), Is.EqualTo(s_one - s_two));
    }

    private static Vector128<byte> Run(Function function, Vector128<byte> argument) =>
        function.CreateDelegate<Func<Vector128<byte>, Vector128<byte>>>()(argument);
}
