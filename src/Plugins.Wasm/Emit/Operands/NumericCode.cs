using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The intermediate language of one numeric operator, its operands being on the evaluation stack.</summary>
/// <remarks>WebAssembly 2.0, section 4.3. Operators that can trap had their operands checked before.</remarks>
internal sealed class NumericCode
{
    private static readonly NumericCode?[] s_codes = NumericTable.Build();

    private static readonly NumericCode s_hide = new(RuntimeMembers.InstanceNought, OpCodes.Or);
    private static readonly NumericCode s_hideLong = new(RuntimeMembers.InstanceNought, OpCodes.Conv_I8, OpCodes.Or);

    private static readonly NumericCode s_canonicalSingle =
        new(RuntimeMembers.Numeric(nameof(Numerics.Canonical), typeof(float)));

    private static readonly NumericCode s_canonicalDouble =
        new(RuntimeMembers.Numeric(nameof(Numerics.Canonical), typeof(double)));

    private readonly object[] _steps;

    /// <param name="steps">
    /// Each an <see cref="OpCode"/>, a <see cref="MethodInfo"/>, a <see cref="FieldInfo"/> of the instance or an int
    /// constant to push.
    /// </param>
    public NumericCode(params object[] steps) => _steps = steps;

    /// <summary>A demotion that stays one even right after a promotion.</summary>
    public static NumericCode Demotion { get; } =
        new(RuntimeMembers.Numeric(nameof(Runtime.Numerics.Demote), typeof(double)));

    /// <summary>Joins an integer with a zero that the optimiser does not know, so that it knows neither.</summary>
    public static NumericCode Hide(ValueKind kind) => kind is ValueKind.I64 ? s_hideLong : s_hide;

    /// <summary>Puts the canonical NaN in place of any other.</summary>
    public static NumericCode Canonical(ValueKind kind) =>
        kind is ValueKind.F32 ? s_canonicalSingle : s_canonicalDouble;

    public static NumericCode Of(Opcode opcode) => s_codes[NumericTable.SlotOf(opcode)]!;

    /// <summary>
    /// The same, where the right operand is a constant in the form that <see cref="Constants"/> gave it.
    /// </summary>
    public static NumericCode WithConstant(Opcode opcode) => NumericTable.WithConstant(opcode) ?? Of(opcode);

    public void Emit(ILEmitter il)
    {
        foreach (object step in _steps)
        {
            switch (step)
            {
                case OpCode opcode:
                    il.Emit(opcode);
                    break;
                case MethodInfo method:
                    il.Emit(OpCodes.Call, method);
                    break;
                case FieldInfo field:
                    il.LoadArgument(0);
                    il.Emit(OpCodes.Ldfld, field);
                    break;
                case int constant:
                    il.LoadConstant(constant);
                    break;
            }
        }
    }
}
