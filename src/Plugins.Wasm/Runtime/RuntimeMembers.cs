using System.Numerics;
using System.Reflection;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>The members of the runtime that emitted code uses.</summary>
internal static class RuntimeMembers
{
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static readonly FieldInfo InstanceStore =
        typeof(Instance).GetField(nameof(Instance.OwningStore), Instances)!;

    public static readonly FieldInfo InstanceMemories =
        typeof(Instance).GetField(nameof(Instance.Memories), Instances)!;

    public static readonly FieldInfo InstanceMemory0 = typeof(Instance).GetField(nameof(Instance.Memory0), Instances)!;
    public static readonly FieldInfo InstanceTable0 = typeof(Instance).GetField(nameof(Instance.Table0), Instances)!;
    public static readonly FieldInfo InstanceTables = typeof(Instance).GetField(nameof(Instance.Tables), Instances)!;
    public static readonly FieldInfo InstanceSlots = typeof(Instance).GetField(nameof(Instance.Slots), Instances)!;
    public static readonly FieldInfo InstanceNought = typeof(Instance).GetField(nameof(Instance.Nought), Instances)!;
    public static readonly FieldInfo InstanceCells = typeof(Instance).GetField(nameof(Instance.Cells), Instances)!;

    public static readonly FieldInfo InstanceImportedFunctions =
        typeof(Instance).GetField(nameof(Instance.ImportedFunctions), Instances)!;

    public static readonly MethodInfo InstanceFunctionAt =
        typeof(Instance).GetMethod(nameof(Instance.FunctionAt), Instances)!;

    public static readonly FieldInfo MemoryBase = typeof(LinearMemory).GetField(nameof(LinearMemory.Base), Instances)!;

    public static readonly FieldInfo MemoryLength =
        typeof(LinearMemory).GetField(nameof(LinearMemory.Length), Instances)!;

    public static readonly FieldInfo TableElements = typeof(Table).GetField(nameof(Table.Elements), Instances)!;
    public static readonly FieldInfo GlobalBits = typeof(Global).GetField(nameof(Global.Bits), Instances)!;
    public static readonly FieldInfo GlobalVector = typeof(Global).GetField(nameof(Global.Vector), Instances)!;
    public static readonly FieldInfo GlobalReference = typeof(Global).GetField(nameof(Global.Reference), Instances)!;

    public static readonly FieldInfo FunctionStore = typeof(Function).GetField(nameof(Function.Store), Instances)!;
    public static readonly FieldInfo FunctionContext = typeof(Function).GetField(nameof(Function.Context), Instances)!;
    public static readonly FieldInfo FunctionCode = typeof(Function).GetField(nameof(Function.Code), Instances)!;

    public static readonly FieldInfo FunctionTypeNumber =
        typeof(Function).GetField(nameof(Function.TypeNumber), Instances)!;

    public static readonly MethodInfo FunctionThrowIfForeign =
        typeof(Function).GetMethod(nameof(Function.ThrowIfForeign), Statics)!;

    public static readonly MethodInfo ExceptionCreate =
        typeof(ExceptionInstance).GetMethod(nameof(ExceptionInstance.Create), Statics)!;

    public static readonly MethodInfo ExceptionToThrow =
        typeof(ExceptionInstance).GetMethod(nameof(ExceptionInstance.ToThrow), Statics)!;

    public static readonly MethodInfo ExceptionToThrowAgain =
        typeof(ExceptionInstance).GetMethod(nameof(ExceptionInstance.ToThrowAgain), Statics)!;

    public static readonly MethodInfo FunctionReserve =
        typeof(Function).GetMethod(nameof(Function.Reserve), Instances)!;

    public static readonly MethodInfo FunctionCall =
        typeof(Function).GetMethod(nameof(Function.Call), Instances)!;

    public static readonly MethodInfo FunctionCallFromCode =
        typeof(Function).GetMethod(nameof(Function.CallFromCode), Statics)!;

    public static readonly MethodInfo FunctionPrepare =
        typeof(Function).GetMethod(nameof(Function.Prepare), Statics)!;

    public static readonly MethodInfo InterpreterStackReferenceAt =
        typeof(InterpreterStack).GetMethod(nameof(InterpreterStack.ReferenceAt), Instances)!;

    public static readonly MethodInfo InterpreterStackVectorsAt =
        typeof(InterpreterStack).GetMethod(nameof(InterpreterStack.VectorsAt), Instances)!;

    public static readonly FieldInfo BindingStore = typeof(HostBinding).GetField(nameof(HostBinding.Store), Instances)!;

    public static readonly FieldInfo BindingTarget =
        typeof(HostBinding).GetField(nameof(HostBinding.Target), Instances)!;

    public static readonly FieldInfo BindingImporter =
        typeof(HostBinding).GetField(nameof(HostBinding.Importer), Instances)!;

    public static readonly FieldInfo StoreFuel = typeof(Store).GetField(nameof(Store.Fuel), Instances)!;
    public static readonly FieldInfo StoreStackLimit = typeof(Store).GetField(nameof(Store.StackLimit), Instances)!;

    public static readonly FieldInfo StoreDepthRemaining =
        typeof(Store).GetField(nameof(Store.DepthRemaining), Instances)!;

    public static readonly FieldInfo StoreFuelFloor =
        typeof(Store).GetField(nameof(Store.FuelFloor), Instances)!;

    public static readonly FieldInfo StoreExtraResults =
        typeof(Store).GetField(nameof(Store.ExtraResults), Instances)!;

    public static readonly MethodInfo StoreEnter = typeof(Store).GetMethod(nameof(Store.Enter), Instances)!;
    public static readonly MethodInfo StoreLeave = typeof(Store).GetMethod(nameof(Store.Leave), Instances)!;

    public static readonly MethodInfo StoreThrowIfOutOfFuel =
        typeof(Store).GetMethod(nameof(Store.ThrowIfOutOfFuel), Instances)!;

    public static readonly MethodInfo StoreThrowIfStopped =
        typeof(Store).GetMethod(nameof(Store.ThrowIfStopped), Instances)!;

    public static readonly FieldInfo ExtraResultsBits =
        typeof(ExtraResults).GetField(nameof(ExtraResults.Bits), Instances)!;

    public static readonly FieldInfo ExtraResultsReferences =
        typeof(ExtraResults).GetField(nameof(ExtraResults.References), Instances)!;

    public static readonly FieldInfo ExtraResultsVectors =
        typeof(ExtraResults).GetField(nameof(ExtraResults.Vectors), Instances)!;

    public static readonly MethodInfo ExtraResultsTakeVectors =
        typeof(ExtraResults).GetMethod(nameof(ExtraResults.TakeVectors), Instances)!;

    public static readonly MethodInfo ExtraResultsTakeBits =
        typeof(ExtraResults).GetMethod(nameof(ExtraResults.TakeBits), Instances)!;

    public static readonly MethodInfo ExtraResultsTakeReferences =
        typeof(ExtraResults).GetMethod(nameof(ExtraResults.TakeReferences), Instances)!;

    public static readonly MethodInfo StackGuardExtend =
        typeof(StackGuard).GetMethod(nameof(StackGuard.Extend), Statics)!;

    public static readonly MethodInfo FrameProbeNote =
        typeof(FrameProbe).GetMethod(nameof(FrameProbe.Note), Statics)!;

    public static readonly MethodInfo TrapsCreate = typeof(Traps).GetMethod(nameof(Traps.Create), Statics)!;
    public static readonly MethodInfo TrapsCreateAt = typeof(Traps).GetMethod(nameof(Traps.CreateAt), Statics)!;

    public static readonly MethodInfo TrapsForElement = typeof(Traps).GetMethod(nameof(Traps.ForElement), Statics)!;

    public static readonly MethodInfo TrapsCreateMetered =
        typeof(Traps).GetMethod(nameof(Traps.CreateMetered), Statics)!;

    public static readonly MethodInfo SingleToBits =
        typeof(BitConverter).GetMethod(nameof(BitConverter.SingleToInt32Bits))!;

    public static readonly MethodInfo BitsToSingle =
        typeof(BitConverter).GetMethod(nameof(BitConverter.Int32BitsToSingle))!;

    public static readonly MethodInfo DoubleToBits =
        typeof(BitConverter).GetMethod(nameof(BitConverter.DoubleToInt64Bits))!;

    public static readonly MethodInfo BitsToDouble =
        typeof(BitConverter).GetMethod(nameof(BitConverter.Int64BitsToDouble))!;

    public static readonly MethodInfo CastsAreSame = typeof(Casts).GetMethod(nameof(Casts.AreSame), Statics)!;
    public static readonly MethodInfo CastsTest = typeof(Casts).GetMethod(nameof(Casts.Test), Statics)!;
    public static readonly MethodInfo CastsIs = typeof(Casts).GetMethod(nameof(Casts.Is), Statics)!;
    public static readonly MethodInfo CastsIsNullOr = typeof(Casts).GetMethod(nameof(Casts.IsNullOr), Statics)!;
    public static readonly MethodInfo CastsToExtern = typeof(Casts).GetMethod(nameof(Casts.ToExtern), Statics)!;

    public static readonly MethodInfo FunctionIsDerivedFrom =
        typeof(Function).GetMethod(nameof(Function.IsDerivedFrom), Instances)!;

    /// <summary>The array of <see cref="ExtraResults"/> for values of a type.</summary>
    public static FieldInfo ExtraResultsOf(ValueKind kind) => kind switch
    {
        ValueKind.V128 => ExtraResultsVectors,
        _ when kind.IsReference => ExtraResultsReferences,
        _ => ExtraResultsBits,
    };

    /// <summary>The method that gives the upper half of a product.</summary>
    public static MethodInfo HighOf(bool isSigned) => typeof(WideNumbers).GetMethod(
        isSigned ? nameof(WideNumbers.HighOfSigned) : nameof(WideNumbers.HighOfUnsigned), Statics)!;

    /// <summary>A static method of <see cref="BulkMemory"/>.</summary>
    public static MethodInfo MemoryOperation(string name) => typeof(BulkMemory).GetMethod(name, Statics)!;

    /// <summary>A static method of <see cref="BulkTable"/>.</summary>
    public static MethodInfo TableOperation(string name) => typeof(BulkTable).GetMethod(name, Statics)!;

    /// <summary>A method of <see cref="Numerics"/> over operands of <paramref name="type"/>.</summary>
    public static MethodInfo Numeric(string name, Type type, int operands = 1) =>
        typeof(Numerics).GetMethod(name, Statics, operands == 1 ? [type] : [type, type])!;

    /// <summary>A method of <see cref="BitOperations"/> over an operand of <paramref name="type"/>.</summary>
    public static MethodInfo Bit(string name, Type type) => typeof(BitOperations).GetMethod(name, [type])!;

    /// <summary>A rotation of <see cref="BitOperations"/>.</summary>
    public static MethodInfo Rotation(string name, Type type) =>
        typeof(BitOperations).GetMethod(name, [type, typeof(int)])!;

    /// <summary>The array of an exception that a value of that type stands in.</summary>
    public static FieldInfo ExceptionFieldOf(ValueKind kind) => typeof(ExceptionInstance).GetField(
        kind.IsReference ? nameof(ExceptionInstance.References)
            : kind == ValueKind.V128 ? nameof(ExceptionInstance.Vectors)
            : nameof(ExceptionInstance.Bits),
        Instances)!;
}
