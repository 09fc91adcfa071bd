using System.Collections;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The functions that occur outside of bodies, which alone <c>ref.func</c> may name.</summary>
/// <remarks>Made once constants are validated. WebAssembly 2.0, sections 3.1.1 (C.refs) and 3.4.10.</remarks>
internal sealed class FunctionReferences
{
    private readonly BinaryModule _module;
    private readonly BitArray _declared;

    public FunctionReferences(BinaryModule module)
    {
        _module = module;
        _declared = new BitArray(module.FunctionTypeIndices.Length);
        foreach (ExportType export in module.Exports)
        {
            if (export.Type.Kind == ExternKind.Function)
            {
                _declared[export.Index] = true;
            }
        }

        Declare(module.GlobalInitializers);
        Declare(module.TableInitializers);
        foreach (ElementSegment segment in module.Elements)
        {
            Declare(segment.Items);
        }
    }

    /// <summary>Whether the function at <paramref name="index"/>, which exists, may be referred to.</summary>
    public bool Contains(uint index) => _declared[(int)index];

    private void Declare(ConstantExpression[] expressions)
    {
        foreach (ConstantExpression expression in expressions)
        {
            if (expression.Opcode == Opcode.RefFunc)
            {
                _declared[(int)expression.Bits] = true;
            }
            else if (expression.IsSequence)
            {
                DeclareIn(expression);
            }
        }
    }

    private void DeclareIn(in ConstantExpression expression)
    {
        CodeReader code = expression.Read(_module);
        while (code.Read(out Instruction instruction))
        {
            if (instruction.Opcode == Opcode.RefFunc)
            {
                _declared[(int)instruction.Index] = true;
            }
        }
    }
}
