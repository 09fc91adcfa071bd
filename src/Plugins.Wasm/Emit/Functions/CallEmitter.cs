using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits calls.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.8.10 and 4.4.8.11.</remarks>
internal sealed class CallEmitter
{
    /// <summary>Results are taken one by one, without allocating, up to this number.</summary>
    private const int MaximumSingleResults = 16;

    private readonly ModuleScope _owner;
    private readonly FunctionScope _scope;
    private readonly FrameEmitter _frame;
    private readonly BinaryModule _binary;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private readonly TrapLabels _traps;
    private LocalBuilder? _table;
    private LocalBuilder? _elementIndex;
    private LocalBuilder? _callee;
    private LocalBuilder? _code;
    private Label _missingElement;

    public CallEmitter(ModuleScope owner, FunctionScope scope, FrameEmitter frame)
    {
        _owner = owner;
        _scope = scope;
        _frame = frame;
        _binary = scope.Module.Binary;
        _il = scope.IL;
        _stack = scope.Stack;
        _traps = scope.Traps;
    }

    private LocalBuilder Callee => _callee ??= _il.DeclareLocal(typeof(Function));

    public void EmitCall(int index)
    {
        FunctionType type = _binary.TypeOfFunction(index);
        if (index < _binary.ImportedFunctionCount)
        {
            _il.LoadArgument(0);
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceImportedFunctions);
            _il.LoadConstant(index);
            _il.Emit(OpCodes.Ldelem_Ref);
            _il.StoreLocal(Callee);
            EmitCallThroughReference(type, _scope.Module.TypeIdentityOf(index), passesFuel: false);
        }
        else if (_owner.MethodOf(index) is MethodInfo method)
        {
            bool passesFuel = _scope.Module.PassesFuel(index);
            Operand[] arguments = BeginCall(type, passesFuel);
            _il.LoadArgument(0);
            EmitArguments(arguments, passesFuel);
            _il.Emit(OpCodes.Call, method);
            EndCall(type, passesFuel);
        }
        else
        {
            _il.LoadArgument(0);
            _il.LoadConstant(index);
            _il.Emit(OpCodes.Call, RuntimeMembers.InstanceFunctionAt);
            _il.StoreLocal(Callee);
            EmitCallThroughReference(
                type, _scope.Module.TypeIdentityOf(index), _scope.Module.PassesFuel(index));
        }
    }

    public void EmitCallIndirect(int typeIndex, int table)
    {
        FunctionType type = _binary.Types[typeIndex];
        EmitElementLoad(table, _stack.Pop());
        EmitTypeCheck(_scope.Module.TypeIdentityAt(typeIndex));
        EmitCallThroughReference(type, _scope.Module.TypeIdentityAt(typeIndex), passesFuel: false);
    }

    private void EmitTypeCheck(TypeIdentity type)
    {
        _il.LoadLocal(Callee);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionTypeNumber);
        _il.LoadConstant(type.Number);
        if (type.Definition.IsFinal)
        {
            _il.Branch(OpCodes.Bne_Un, _traps[TrapKind.IndirectCallTypeMismatch]);
            return;
        }

        Label isSame = _il.DefineLabel();
        _il.Branch(OpCodes.Beq, isSame);
        _il.LoadLocal(Callee);
        _il.LoadConstant(type.Definition.Supertypes.Length);
        _il.LoadConstant(type.Number);
        _il.Emit(OpCodes.Call, RuntimeMembers.FunctionIsDerivedFrom);
        _il.Branch(OpCodes.Brfalse, _traps[TrapKind.IndirectCallTypeMismatch]);
        _il.Mark(isSame);
    }

    public void EmitCallReference(int typeIndex)
    {
        _stack.Pop().Emit(_scope);
        _il.StoreLocal(Callee);
        _il.LoadLocal(Callee);
        _il.Branch(OpCodes.Brfalse, _traps[TrapKind.NullFunctionReference]);
        EmitCallThroughReference(
            _binary.Types[typeIndex], _scope.Module.TypeIdentityAt(typeIndex), passesFuel: false);
    }

    /// <summary>Throws an exception with the topmost operands.</summary>
    /// <remarks>WebAssembly 3.0, section 4.4.8 (throw).</remarks>
    public void EmitThrow(int tag)
    {
        Operand[] values = _stack.Pop(_binary.Tags[tag].Payload.Parameters.Length);
        _scope.Fuel.EmitOut();
        LocalBuilder exception = _scope.Temporaries.Rent(typeof(ExceptionInstance));
        _il.LoadArgument(0);
        _il.LoadConstant(tag);
        _il.Emit(OpCodes.Call, RuntimeMembers.ExceptionCreate);
        _il.StoreLocal(exception);
        for (int i = 0; i < values.Length; i++)
        {
            _il.LoadLocal(exception);
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.ExceptionFieldOf(values[i].Kind));
            _il.LoadConstant(i);
            values[i].Emit(_scope);
            BitsEmitter.EmitStoreElement(_il, values[i].Kind);
        }

        _il.LoadLocal(exception);
        _il.LoadArgument(_scope.DepthArgument);
        _il.Emit(OpCodes.Call, RuntimeMembers.ExceptionToThrow);
        _il.Emit(OpCodes.Throw);
        _scope.Temporaries.Return(exception);
    }

    /// <summary>Throws the exception that the topmost operand refers to.</summary>
    public void EmitThrowReference()
    {
        Operand reference = _stack.Pop();
        _scope.Fuel.EmitOut();
        reference.Emit(_scope);
        _il.LoadArgument(_scope.DepthArgument);
        _il.Emit(OpCodes.Call, RuntimeMembers.ExceptionToThrowAgain);
        _il.Emit(OpCodes.Throw);
    }

    /// <summary>Stores the table's element in <see cref="Callee"/>, or goes where nothing is there.</summary>
    private void EmitElementLoad(int table, Operand index)
    {
        if (_table is null)
        {
            _table = _il.DeclareLocal(typeof(Table));
            _elementIndex = _il.DeclareLocal(typeof(int));
            _missingElement = _il.DefineLabel();
        }

        LocalBuilder elements = _scope.Temporaries.Rent(typeof(object[]));
        EmitElementIndex(index);
        _il.StoreLocal(_elementIndex!);
        EmitTable(table);
        _il.StoreLocal(_table);
        _il.LoadLocal(_table);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.TableElements);
        _il.StoreLocal(elements);

        // The array may be longer than the table; it holds null there, so its own length serves as the bound.
        _il.LoadLocal(_elementIndex!);
        _il.LoadLocal(elements);
        _il.Emit(OpCodes.Ldlen);
        _il.Emit(OpCodes.Conv_I4);
        _il.Branch(OpCodes.Bge_Un, _missingElement);
        _il.LoadLocal(elements);
        _il.LoadLocal(_elementIndex!);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.StoreLocal(Callee);
        _il.LoadLocal(Callee);
        _il.Branch(OpCodes.Brfalse, _missingElement);
        _scope.Temporaries.Return(elements);
    }

    /// <summary>Loads an index of 32 bits; one that is too large for that is past the end of every table.</summary>
    private void EmitElementIndex(Operand index)
    {
        index.Emit(_scope);
        if (index.Kind == ValueKind.I32)
        {
            return;
        }

        LocalBuilder wide = _scope.Temporaries.Rent(typeof(long));
        Label fits = _il.DefineLabel();
        _il.StoreLocal(wide);
        _il.LoadLocal(wide);
        _il.LoadConstant((long)int.MaxValue);
        _il.Branch(OpCodes.Ble_Un, fits);
        _il.LoadConstant(-1L);
        _il.StoreLocal(wide);
        _il.Mark(fits);
        _il.LoadLocal(wide);
        _il.Emit(OpCodes.Conv_I4);
        _scope.Temporaries.Return(wide);
    }

    private void EmitTable(int table)
    {
        _il.LoadArgument(0);
        if (table == 0)
        {
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceTable0);
            return;
        }

        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceTables);
        _il.LoadConstant(table);
        _il.Emit(OpCodes.Ldelem_Ref);
    }

    /// <summary>Where indirect calls go that find nothing, after the function's own code.</summary>
    public void EmitMissingElement()
    {
        if (_table is not null)
        {
            _il.Mark(_missingElement);
            _scope.Fuel.EmitOut();
            _il.LoadLocal(_table);
            _il.LoadLocal(_elementIndex!);
            _il.Emit(OpCodes.Call, RuntimeMembers.TrapsForElement);
            _il.Emit(OpCodes.Throw);
        }
    }

    private void EmitCallThroughReference(FunctionType type, TypeIdentity identity, bool passesFuel)
    {
        // Stored first: of an address that is more than a local, the runtime's compiler makes a local for each call.
        _owner.Called.Add((identity, passesFuel));
        Operand[] arguments = BeginCall(type, passesFuel);
        Label isReady = _il.DefineLabel();
        _code ??= _il.DeclareLocal(typeof(nint));
        _il.LoadLocal(Callee);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        _il.StoreLocal(_code);
        _il.LoadLocal(_code);
        _il.Branch(OpCodes.Brtrue, isReady);
        _il.LoadLocal(Callee);
        _il.Emit(OpCodes.Call, RuntimeMembers.FunctionPrepare);
        _il.StoreLocal(_code);
        _il.Mark(isReady);
        _il.LoadLocal(Callee);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionContext);
        EmitArguments(arguments, passesFuel);
        _il.LoadLocal(_code);
        _il.CallIndirect(
            Signature.ReturnTypeOf(type, passesFuel), Signature.ParametersOf(type, typeof(object), passesFuel));
        EndCall(type, passesFuel);
    }

    private Operand[] BeginCall(FunctionType type, bool passesFuel)
    {
        Operand[] arguments = _stack.Pop(type.Parameters.Length);
        _stack.SpillReadersOf(Reads.All);
        if (!passesFuel)
        {
            _scope.Fuel.EmitOut();
        }

        return arguments;
    }

    private void EmitArguments(Operand[] arguments, bool passesFuel)
    {
        foreach (Operand argument in arguments)
        {
            argument.Emit(_scope);
        }

        _il.LoadArgument(_scope.DepthArgument);
        if (passesFuel)
        {
            _scope.Fuel.EmitRemaining();
        }
    }

    private void EndCall(FunctionType type, bool passesFuel)
    {
        if (passesFuel)
        {
            EmitTakeFuel(type);
        }

        if (type.Results.Length > 0)
        {
            _stack.PushStored(type.Results[0]);
        }

        EmitTakeExtraResults(type);
        if (!passesFuel)
        {
            _scope.Fuel.EmitIn();
        }

        _frame.EmitMemoryReload();
    }

    /// <summary>Takes the fuel from what a call returned, and leaves the first result.</summary>
    private void EmitTakeFuel(FunctionType type)
    {
        if (type.Results.Length == 0)
        {
            _scope.Fuel.EmitSet();
            return;
        }

        FueledMembers.Of(type.Results[0]).EmitTake(_il, _scope.Fuel.EmitSet);
    }

    /// <summary>Takes the results after the first from where the callee left them.</summary>
    private void EmitTakeExtraResults(FunctionType type)
    {
        if (type.Results.Length > MaximumSingleResults)
        {
            EmitTakeArrays(type);
            return;
        }

        for (int i = 1; i < type.Results.Length; i++)
        {
            ValueKind kind = type.Results[i];
            _scope.LoadStore();
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreExtraResults);
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.ExtraResultsOf(kind));
            _il.LoadConstant(i - 1);
            ResultOperand.EmitElement(_il, kind);
            _stack.PushStored(kind);
        }
    }

    /// <summary>Takes many results at once: a call of two bytes may give a thousand.</summary>
    private void EmitTakeArrays(FunctionType type)
    {
        int references = type.Results.Skip(1).Count(kind => kind.IsReference);
        int vectors = type.Results.Skip(1).Count(kind => kind == ValueKind.V128);
        int numbers = type.Results.Length - 1 - references - vectors;
        ResultArray? bits = EmitTakeArray(type, RuntimeMembers.ExtraResultsTakeBits, numbers);
        ResultArray? objects = EmitTakeArray(type, RuntimeMembers.ExtraResultsTakeReferences, references);
        ResultArray? wide = EmitTakeArray(type, RuntimeMembers.ExtraResultsTakeVectors, vectors);
        for (int i = 1; i < type.Results.Length; i++)
        {
            ValueKind kind = type.Results[i];
            ResultArray? array = kind == ValueKind.V128 ? wide : kind.IsReference ? objects : bits;
            _stack.Push(new ResultOperand(kind, array!, i - 1));
        }
    }

    private ResultArray? EmitTakeArray(FunctionType type, MethodInfo take, int readers)
    {
        if (readers == 0)
        {
            return null;
        }

        LocalBuilder local = _scope.Temporaries.Rent(take.ReturnType);
        _scope.LoadStore();
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreExtraResults);
        _il.LoadConstant(type.Results.Length - 1);
        _il.Emit(OpCodes.Call, take);
        _il.StoreLocal(local);
        return new ResultArray(local, readers);
    }

}
