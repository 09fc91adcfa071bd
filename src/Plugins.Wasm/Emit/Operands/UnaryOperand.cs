using Plugins.Wasm.Binary;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>An operator over one operand.</summary>
internal sealed class UnaryOperand : Operand
{
    public UnaryOperand(Opcode opcode, Operand operand)
        : base(OpcodeTable.Get(opcode).Result)
    {
        Opcode = opcode;
        Inner = operand;
        Size = operand.Size + 1;
        Reads = operand.Reads;
        LocalMask = operand.LocalMask;
        UpperBound = opcode is Opcode.I32Eqz or Opcode.I64Eqz ? 1 : uint.MaxValue;
        MayBeComparison = FoldingHazards.IsComparison(opcode) || (IsExtension(opcode) && operand.MayBeComparison);
    }

    public Opcode Opcode { get; }

    public Operand Inner { get; }

    private static bool IsExtension(Opcode opcode) => opcode is Opcode.I32Extend8S or Opcode.I32Extend16S;

    // The operand may be a float that was just promoted: compilers leave no such pair, so the slow way costs little.
    private bool MayCancel =>
        Opcode == Opcode.F32DemoteF64
        && Inner is (LocalOperand or TemporaryOperand or UnaryOperand { Opcode: Opcode.F64PromoteF32 });

    public override void Emit(FunctionPlaces scope)
    {
        Inner.Emit(scope);
        NumericCode code = MayCancel ? NumericCode.Demotion : NumericCode.Of(Opcode);
        code.Emit(scope.IL);
    }

    public override void Discard(FunctionPlaces scope) => Inner.Discard(scope);
}
