using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Plugins.Wasm.IL;

/// <summary>
/// Writes intermediate language in its short forms, and counts what the just-in-time compiler counts.
/// </summary>
internal sealed class ILEmitter
{
    private readonly ILGenerator _generator;

    public ILEmitter(ILGenerator generator) => _generator = generator;

    /// <summary>For what has no short form and is not counted: exception blocks.</summary>
    public ILGenerator Generator => _generator;

    public int Instructions { get; private set; }

    /// <summary>Loads and stores of locals and arguments.</summary>
    public int LocalReferences { get; private set; }

    public int Blocks { get; private set; } = 1;

    public int Locals { get; private set; }

    /// <summary>Whether any value may be a vector.</summary>
    public bool HasVectors { get; private set; }

    /// <summary>Calls of all kinds.</summary>
    public int Calls { get; private set; }

    /// <summary>Uses of fields.</summary>
    public int Fields { get; private set; }

    /// <summary>Labels of all switches.</summary>
    public long SwitchTargets { get; private set; }

    public int Bytes => _generator.ILOffset;

    /// <summary>Where calls are that a backtrace may show.</summary>
    public ILOrigins Origins { get; } = new();

    public CodeSize Size => new(Bytes, Instructions, Blocks, LocalReferences);

    public LocalBuilder DeclareLocal(Type type)
    {
        HasVectors |= type == typeof(Vector128<byte>);
        Locals++;
        return _generator.DeclareLocal(type);
    }

    public Label DefineLabel() => _generator.DefineLabel();

    public void Mark(Label label)
    {
        Blocks++;
        _generator.MarkLabel(label);
    }

    public void Branch(OpCode opcode, Label label)
    {
        Blocks++;
        Instructions++;
        _generator.Emit(opcode, label);
    }

    public void Switch(Label[] labels)
    {
        Blocks++;
        Instructions++;
        SwitchTargets += labels.Length;
        _generator.Emit(OpCodes.Switch, labels);
    }

    public void Emit(OpCode opcode)
    {
        Instructions++;
        _generator.Emit(opcode);
    }

    public void Emit(OpCode opcode, FieldInfo field)
    {
        Fields++;
        Instructions++;
        _generator.Emit(opcode, field);
    }

    public void Emit(OpCode opcode, MethodInfo method)
    {
        Calls++;
        Instructions++;
        _generator.Emit(opcode, method);
    }

    public void Emit(OpCode opcode, ConstructorInfo constructor)
    {
        Calls++;
        Instructions++;
        _generator.Emit(opcode, constructor);
    }

    /// <summary>Calls a method that the just-in-time compiler knows as an instruction or a few.</summary>
    public void CallIntrinsic(MethodInfo method)
    {
        HasVectors = true;
        Instructions++;
        _generator.Emit(OpCodes.Call, method);
    }

    /// <summary>Loads a vector of zeros.</summary>
    public void LoadZeroVector() => CallIntrinsic(s_zeroVector);

    public void Emit(OpCode opcode, Type type)
    {
        Instructions++;
        _generator.Emit(opcode, type);
    }

    public void CallIndirect(Type returns, Type[] parameters)
    {
        Calls++;
        Instructions++;
        _generator.EmitCalli(OpCodes.Calli, CallingConventions.Standard, returns, parameters, null);
    }

    public void LoadLocal(LocalBuilder local) => EmitReference(OpCodes.Ldloc, local);

    public void StoreLocal(LocalBuilder local) => EmitReference(OpCodes.Stloc, local);

    public void LoadLocalAddress(LocalBuilder local) => EmitReference(OpCodes.Ldloca, local);

    public void LoadArgument(int index)
    {
        LocalReferences++;
        Instructions++;
        switch (index)
        {
            case 0:
                _generator.Emit(OpCodes.Ldarg_0);
                break;
            case 1:
                _generator.Emit(OpCodes.Ldarg_1);
                break;
            case 2:
                _generator.Emit(OpCodes.Ldarg_2);
                break;
            case 3:
                _generator.Emit(OpCodes.Ldarg_3);
                break;
            case <= byte.MaxValue:
                _generator.Emit(OpCodes.Ldarg_S, (byte)index);
                break;
            default:
                _generator.Emit(OpCodes.Ldarg, (short)index);
                break;
        }
    }

    public void StoreArgument(int index)
    {
        LocalReferences++;
        Instructions++;
        if (index <= byte.MaxValue)
        {
            _generator.Emit(OpCodes.Starg_S, (byte)index);
        }
        else
        {
            _generator.Emit(OpCodes.Starg, (short)index);
        }
    }

    public void LoadConstant(int value)
    {
        Instructions++;
        if (value is >= -1 and <= 8)
        {
            _generator.Emit(s_smallConstants[value + 1]);
        }
        else if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            _generator.Emit(OpCodes.Ldc_I4_S, (sbyte)value);
        }
        else
        {
            _generator.Emit(OpCodes.Ldc_I4, value);
        }
    }

    public void LoadConstant(long value)
    {
        if (value == (int)value)
        {
            LoadConstant((int)value);
            Emit(OpCodes.Conv_I8);
        }
        else
        {
            Instructions++;
            _generator.Emit(OpCodes.Ldc_I8, value);
        }
    }

    public void LoadConstant(float value)
    {
        Instructions++;
        _generator.Emit(OpCodes.Ldc_R4, value);
    }

    public void LoadConstant(double value)
    {
        Instructions++;
        _generator.Emit(OpCodes.Ldc_R8, value);
    }

    private static readonly MethodInfo s_zeroVector =
        typeof(Vector128<byte>).GetProperty(nameof(Vector128<>.Zero))!.GetMethod!;

    private static readonly OpCode[] s_smallConstants =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3,
        OpCodes.Ldc_I4_4, OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    private void EmitReference(OpCode opcode, LocalBuilder local)
    {
        LocalReferences++;
        Instructions++;
        _generator.Emit(opcode, local);
    }
}
