using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The state that the emitters of one function share.</summary>
internal sealed class FunctionScope : FunctionPlaces
{
    public FunctionScope(Module module, int index, FunctionScan scan, ILEmitter il)
        : base(module.Binary.TypeOfFunction(index), BodyOf(module.Binary, index), scan.UsedLocals, il)
    {
        Module = module;
        Scan = scan;
        Stack = new OperandStack(this);
        Traps = new TrapLabels(il);
    }

    public Module Module { get; }

    public FunctionScan Scan { get; }

    public OperandStack Stack { get; }

    public BoundsFacts Facts { get; } = new();

    public TrapLabels Traps { get; }

    private static FunctionBody BodyOf(BinaryModule module, int index) =>
        module.Bodies[index - module.ImportedFunctionCount];
}
