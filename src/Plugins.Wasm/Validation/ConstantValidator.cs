using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates constant expressions, which may read earlier immutable globals only.</summary>
/// <param name="module">The module.</param>
/// <param name="limits">Size limits; <see cref="ModuleLimits.Operands"/> holds here as in functions.</param>
/// <remarks>WebAssembly 3.0, section 3.4.13.</remarks>
internal sealed partial class ConstantValidator(BinaryModule module, ModuleLimits limits)
{
    // Made by the first sequence: such a list is nothing that a new process has code for.
    private List<ValueCode>? _operands;

    /// <summary>Requires an expression that is constant and gives a value of the expected type.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="expected">The type.</param>
    /// <param name="globalsBefore">How many globals have a value by then; all, where null.</param>
    public void Validate(in ConstantExpression expression, ValueCode expected, int? globalsBefore = null)
    {
        if (expression.Code.IsUnresolved)
        {
            throw Invalid("unknown type", expression.Offset);
        }

        int globals = globalsBefore ?? module.Globals.Length;
        ValueCode actual = expression.IsSequence
            ? CodeOfSequence(expression, globals)
            : CodeOf(expression, globals) ?? throw Invalid("constant expression required", expression.Offset);
        if (!module.Definitions.Matches(actual, expected))
        {
            throw Mismatch(expected, actual, expression.Offset);
        }
    }

    private ValueCode CodeOfSequence(in ConstantExpression expression, int globals)
    {
        _operands ??= [];
        _operands.Clear();
        CodeReader code = expression.Read(module);
        while (code.Read(out Instruction instruction) && instruction.Opcode != Opcode.End)
        {
            if (instruction.Code.IsUnresolved)
            {
                throw Invalid("unknown type", instruction.Offset);
            }

            ValueCode result = OpcodeTable.IsOfObjects(instruction.Opcode)
                ? CodeOfObject(_operands, instruction)
                : CodeOf(ConstantExpression.Of(instruction), globals) ?? PopOperands(_operands, instruction);
            Push(_operands, result, instruction.Offset);
        }

        return _operands is [ValueCode only]
            ? only
            : throw Invalid($"type mismatch: {_operands.Count} values instead of one", expression.Offset);
    }

    private ValueCode? CodeOf(in ConstantExpression instruction, int globals) => instruction.Opcode switch
    {
        Opcode.GlobalGet => CodeOfGlobal(instruction, globals),
        Opcode.RefFunc => CodeOfFunction(instruction),
        Opcode.RefNull => instruction.Code,
        Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const
            or Opcode.V128Const =>
            (ValueCode)OpcodeTable.Get(instruction.Opcode).Result,
        _ => null,
    };

    private static ValueCode PopOperands(List<ValueCode> operands, in Instruction instruction)
    {
        if (instruction.Opcode is not (Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul
            or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul))
        {
            throw Invalid("constant expression required", instruction.Offset);
        }

        var code = (ValueCode)OpcodeTable.Get(instruction.Opcode).Result;
        for (int i = 0; i < 2; i++)
        {
            if (operands is not [.., ValueCode last])
            {
                throw Invalid("type mismatch: a value is missing", instruction.Offset);
            }

            if (last != code)
            {
                throw Mismatch(code, last, instruction.Offset);
            }

            operands.RemoveAt(operands.Count - 1);
        }

        return code;
    }

    private void Push(List<ValueCode> operands, ValueCode code, int offset)
    {
        operands.Add(code);
        if (operands.Count > limits.Operands)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.Operands), limits.Operands, operands.Count, offset);
        }
    }

    private ValueCode CodeOfGlobal(in ConstantExpression expression, int globals)
    {
        if (expression.Bits >= (ulong)globals)
        {
            throw Invalid($"unknown global {expression.Bits}", expression.Offset);
        }

        GlobalType global = module.Globals[(int)expression.Bits];
        return global.IsMutable ? throw Invalid("constant expression required", expression.Offset) : global.Code;
    }

    private ValueCode CodeOfFunction(in ConstantExpression expression) =>
        expression.Bits < (ulong)module.FunctionTypeIndices.Length
            ? module.Definitions[module.FunctionTypeIndices[(int)expression.Bits]].Code(isNullable: false)
            : throw Invalid($"unknown function {expression.Bits}", expression.Offset);

    private static InvalidModuleException Mismatch(ValueCode expected, ValueCode actual, int offset) =>
        Invalid($"type mismatch: expected {expected.Text}, found {actual.Text}", offset);

    private static InvalidModuleException Invalid(string reason, int offset) => new(reason, offset);
}
