using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The state that the emitters of one function share.</summary>
internal sealed class FunctionScope : FunctionPlaces
{
    private LocalBuilder? _store;
    private LocalBuilder? _returned;

    /// <param name="module">Its module.</param>
    /// <param name="index">Which function.</param>
    /// <param name="scan">What is known of it.</param>
    /// <param name="il">Where its code goes.</param>
    /// <param name="loop">The offset of the loop that it is entered at; null where it is called.</param>
    /// <param name="outline">What of it becomes methods of its own, if anything.</param>
    public FunctionScope(
        Module module, int index, FunctionScan scan, ILEmitter il, int? loop = null, Outline? outline = null)
        : base(
            module.Binary.TypeOfFunction(index),
            BodyOf(module.Binary, index),
            scan.UsedLocals,
            il,
            takesSlots: loop is not null)
    {
        Module = module;
        Scan = scan;
        PassesFuel = loop is null && module.PassesFuel(index);
        Stack = new OperandStack(this);
        Fuel = new FuelEmitter(this);
        Traps = new TrapLabels(this);
        Transfer = loop is int offset ? new LoopTransfer(this, offset) : null;
        Shape = new FunctionShape();
        Outline = outline;
        Region = outline?.Whole;
    }

    /// <summary>The scope of a part of a function that is a method of its own.</summary>
    /// <param name="function">The function's scope.</param>
    /// <param name="region">Which part.</param>
    /// <param name="method">What it becomes.</param>
    public FunctionScope(FunctionScope function, Region region, OutlinedMethod method)
        : base(function.Type, function.Body, region.Code, method.IL)
    {
        Shape = method.Shape;
        Module = function.Module;
        Scan = function.Scan;
        Stack = new OperandStack(this);
        Fuel = new FuelEmitter(this);
        Traps = new TrapLabels(this);
        Outline = function.Outline;
        Region = region;
        IsRegion = true;
    }

    public Module Module { get; }

    public FunctionScan Scan { get; }

    /// <summary>Whether it is given its fuel and returns what is left.</summary>
    public bool PassesFuel { get; }

    /// <summary>The argument that is the fuel, where it is passed.</summary>
    public int FuelArgument => DepthArgument + 1;

    public OperandStack Stack { get; }

    /// <summary>The way in at a loop; null where the function is called.</summary>
    public LoopTransfer? Transfer { get; }

    /// <summary>For what is returned together with fuel.</summary>
    public LocalBuilder Returned => _returned ??= IL.DeclareLocal(FueledMembers.Of(Type.Results[0]).Type);

    /// <summary>What of the function becomes methods of its own; null where nothing does.</summary>
    public Outline? Outline { get; }

    /// <summary>The part of the function that this method is; null where it is the whole.</summary>
    public Region? Region { get; }

    /// <summary>Whether another method of the same function calls this one.</summary>
    public bool IsRegion { get; }

    /// <summary>What this method has of what takes the just-in-time compiler more than its share of time.</summary>
    public FunctionShape Shape { get; }

    public BoundsFacts Facts { get; } = new();

    public FuelEmitter Fuel { get; }

    public TrapLabels Traps { get; }

    /// <summary>Keeps the store in a local from here on.</summary>
    public void EmitStoreIn()
    {
        LocalBuilder store = IL.DeclareLocal(typeof(Store));
        LoadStore();
        IL.StoreLocal(store);
        _store = store;
    }

    public void LoadStore()
    {
        if (_store is not null)
        {
            IL.LoadLocal(_store);
            return;
        }

        IL.LoadArgument(0);
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceStore);
    }

    private static FunctionBody BodyOf(BinaryModule module, int index) =>
        module.Bodies[index - module.ImportedFunctionCount];
}
