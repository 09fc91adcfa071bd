using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>A value that was taken off the operand stack.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Place">The slot where it is; <see cref="OperandPlaces.Constant"/> where it is in none.</param>
/// <param name="Bits">The constant.</param>
/// <param name="Slot">The slot of its own that it has on the stack.</param>
internal readonly record struct Operand(ValueKind Kind, int Place, ulong Bits, int Slot)
{
    public bool IsConstant => Place == OperandPlaces.Constant;

    public bool IsReference => Kind.IsReference;
}
