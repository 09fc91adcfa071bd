using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using DynamicMethod = System.Reflection.Emit.DynamicMethod;
using ILGenerator = System.Reflection.Emit.ILGenerator;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>What decides how a function is cut.</summary>
internal sealed class CutPlanTests
{
    [Test]
    public void Liveness_OfALoopsBody_KnowsWhatRoundsHandOn()
    {
        // Local 1 goes round, local 2 is only used in the stretch, local 3 after the loop.
        CodeStretch stretch = Describe(c => c
            .Loop()
            .LocalGet(0).LocalSet(2).LocalGet(2).LocalGet(1).Op(Opcode.I32Add).LocalSet(1).LocalGet(1).LocalSet(3)
            .LocalGet(1).BrIf(0)
            .End()
            .LocalGet(3).Op(Opcode.Drop));

        Assert.That(stretch.Inputs, Is.EquivalentTo(new[] { 0, 1 }));
        Assert.That(stretch.Outputs, Is.EquivalentTo(new[] { 1, 3 }));
        Assert.That(stretch.Used, Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void Liveness_OfALocalThatOneArmSets_TakesItInAndOut()
    {
        CodeStretch stretch = Describe(c => c
            .Loop().LocalGet(0).If().I32Const(1).LocalSet(1).End().End()
            .LocalGet(1).Op(Opcode.Drop));

        Assert.That(stretch.Inputs, Is.EquivalentTo(new[] { 0, 1 }));
        Assert.That(stretch.Outputs, Is.EquivalentTo(new[] { 1 }));
    }

    [Test]
    public void Notes_OfRegions_TellWhatWasNotRun()
    {
        CodeNotes notes = NotesOf(first: 1, second: 0, third: 1);

        Assert.That(notes.IsCold(20, 30), Is.True);
        Assert.That(notes.IsCold(10, 20), Is.False);
        Assert.That(notes.IsCold(20, 31), Is.False);
        Assert.That(notes.IsCold(15, 20), Is.False, "It is in the first region.");
        Assert.That(notes.IsCold(25, 30), Is.True);
    }

    [Test]
    public void Counter_OfIntermediateLanguage_CountsWhatIsWritten()
    {
        Module module = Module.Compile(CompilerInput.Usual.Build());
        var method = new DynamicMethod("counted", typeof(void), [typeof(Instance), typeof(int)]);

        Assert.That(Emit(module, new ILCounter()), Is.EqualTo(Emit(module, method.GetILGenerator())));
    }

    private static CodeSize Emit(Module module, ILGenerator generator)
    {
        var il = new ILEmitter(generator);
        FunctionScan scan = FunctionScan.Of(module.Binary, CompilerInput.Victim);
        FunctionEmitter.Emit(new ModuleScope(module), CompilerInput.Victim, scan, il, isMeasured: false);
        return il.Size;
    }

    private static unsafe CodeNotes NotesOf(int first, int second, int third)
    {
        Cell* cells = stackalloc Cell[3];
        cells[0].Number = first;
        cells[1].Number = second;
        cells[2].Number = third;
        return new CodeNotes([10, 20, 30], [0, 1, 2]).Read(cells);
    }

    // From the loop's first instruction to its end.
    private static CodeStretch Describe(Action<CodeBuilder> write)
    {
        Module module = Module.Compile(
            new ModuleBuilder().Function([I32], [], c => write(c), [I32, I32, I32]).Build());
        FunctionBody body = module.Binary.Bodies[0];
        FunctionScan scan = FunctionScan.Of(module.Binary, 0);
        (int start, int end) = LoopIn(module.Binary, body);
        var stretch = new CodeStretch(start, end, fallsThrough: true, size: 0);
        Assert.That(LocalLiveness.Of(module.Binary, body, scan.UsedLocals)!.TryDescribe([stretch]));
        return stretch;
    }

    private static (int Start, int End) LoopIn(BinaryModule module, FunctionBody body)
    {
        var reader = new CodeReader(module, body);
        int start = 0, depth = 0;
        while (reader.Read(out Instruction instruction))
        {
            if (instruction.Opcode == Opcode.Loop)
            {
                start = reader.Position;
            }

            depth += instruction.Opcode is Opcode.Loop or Opcode.If ? 1 : instruction.Opcode == Opcode.End ? -1 : 0;
            if (depth == 0 && start > 0)
            {
                return (start, instruction.Offset);
            }
        }

        throw new ArgumentException("There is no loop.", nameof(body));
    }
}
