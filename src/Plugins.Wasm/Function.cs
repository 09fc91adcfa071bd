using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A function of a guest or of the host, which is also what a <c>funcref</c> refers to.</summary>
/// <remarks>Belongs to its <see cref="Store"/>; used by one thread at a time. WebAssembly 2.0, section 4.2.6.</remarks>
public sealed class Function
{
    // Compiled code reads these; see Runtime/RuntimeMembers.
    internal readonly Store Store;
    internal readonly int TypeNumber;

    /// <summary>The first argument of <see cref="Code"/>.</summary>
    internal object Context = null!;

    /// <summary>Where calls from compiled code go; 0 until there is one, or until it is compiled itself.</summary>
    internal nint Code;

    /// <summary>What a host's function calls; null for a guest's.</summary>
    internal readonly HostBinding? Binding;

    /// <summary>The instance whose function it is; null for a host's.</summary>
    internal readonly Instance? Guest;

    /// <summary>Its index among the functions of the guest's module.</summary>
    internal readonly int Index;

    private readonly TypeIdentity _identity;

    // The code pointer alone would not keep emitted code from being unloaded.
    private object? _codeOwner;

    /// <summary>Makes a function of a guest.</summary>
    /// <param name="guest">Its instance.</param>
    /// <param name="index">Its index in the module.</param>
    /// <param name="identity">Its type.</param>
    internal Function(Instance guest, int index, TypeIdentity identity)
        : this(guest.Store, identity)
    {
        Guest = guest;
        Index = index;
    }

    /// <summary>Makes a function of the host.</summary>
    internal Function(Store store, HostBinding binding, TypeIdentity identity)
        : this(store, identity) => Binding = binding;

    private Function(Store store, TypeIdentity identity)
    {
        Store = store;
        TypeNumber = identity.Number;
        _identity = identity;
    }

    /// <summary>Its parameters and results.</summary>
    public FunctionType Type => _identity.Type;

    internal TypeIdentity Identity => _identity;

    /// <summary>Whether its type is derived from another, or is that.</summary>
    /// <param name="depth">How many supertypes the other has.</param>
    /// <param name="type">Its number.</param>
    internal bool IsDerivedFrom(int depth, int type)
    {
        int[] display = _identity.Display;
        return depth < display.Length && display[depth] == type;
    }

    private bool PassesFuel => Guest is not null && Guest.Module.PassesFuel(Index);

    /// <summary>Lets nothing into a store that belongs to another: a call would not be counted, nor stopped.</summary>
    /// <returns><paramref name="reference"/>.</returns>
    /// <exception cref="ArgumentException">It is a function of another store.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? ThrowIfForeign(object? reference, Store store) =>
        (reference is Function function && function.Store != store)
        || (reference is ExceptionInstance exception && exception.Tag.OwnerStore != store)
        || (reference is GuestObject guest && guest.Home.Heap is GuestHeap heap && heap.Store != store)
            ? throw new ArgumentException("The reference belongs to another store.", nameof(reference))
            : reference;

    /// <summary>Makes a function out of a delegate.</summary>
    /// <param name="store">Where it will be used.</param>
    /// <param name="function">
    /// See <see cref="Imports.Add(string, string, Delegate)"/> for what it may take and return.
    /// </param>
    /// <exception cref="ArgumentException">The delegate's signature has no counterpart in WebAssembly.</exception>
    public static Function FromDelegate(Store store, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(function);
        return Free(store, new HostFunction(function));
    }

    /// <summary>Makes a function of any signature out of a callback.</summary>
    /// <param name="store">Where it will be used.</param>
    /// <param name="type">Its parameters and results.</param>
    /// <param name="callback">See <see cref="Imports.Add(string, string, FunctionType, HostCallback)"/>.</param>
    public static Function FromCallback(Store store, FunctionType type, HostCallback callback)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(callback);
        return Free(store, new HostFunction(type, callback));
    }

    /// <summary>Makes a delegate that calls the function without boxing or allocating.</summary>
    /// <typeparam name="TDelegate">
    /// A delegate type whose parameters and result are <see cref="int"/>, <see cref="uint"/>, <see cref="long"/>,
    /// <see cref="ulong"/>, <see cref="float"/>, <see cref="double"/>, <c>Vector128&lt;byte&gt;</c> for a <c>v128</c>,
    /// <see cref="Function"/> for a <c>funcref</c> and <see cref="object"/> for an <c>externref</c>, as
    /// <see cref="Type"/> has them.
    /// </typeparam>
    /// <remarks>
    /// Calling it throws <see cref="TrapException"/> when the guest traps, whatever a host function threw,
    /// <see cref="InvalidOperationException"/> while another thread uses the store, and
    /// <see cref="ArgumentException"/> for a function of another store.
    /// </remarks>
    /// <exception cref="ArgumentException">The signature differs, or the function has several results.</exception>
    public TDelegate CreateDelegate<TDelegate>()
        where TDelegate : Delegate
    {
        DelegateShape shape = DelegateShape.Of(typeof(TDelegate));
        if (shape.TakesImporter || !shape.Type.Equals(Type))
        {
            throw new ArgumentException(
                $"The function is {ForeignText.Type(Type)}; the delegate is {shape.Type}.", nameof(TDelegate));
        }

        return (TDelegate)shape.Enter(this);
    }

    /// <summary>Calls the function with values whose types are known only at run time.</summary>
    /// <param name="arguments">As many values as the function has parameters, of their types.</param>
    /// <param name="results">Filled with as many values as the function has results.</param>
    /// <exception cref="ArgumentException">
    /// Number or type of the arguments, or the room for results, is wrong; or an argument is a function of another
    /// store.
    /// </exception>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    public void Invoke(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        if (arguments.Length != Type.Parameters.Length || results.Length < Type.Results.Length)
        {
            throw new ArgumentException($"The function is {ForeignText.Type(Type)}.", nameof(arguments));
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Kind != Type.Parameters[i])
            {
                throw new ArgumentException($"Parameter {i} is {Type.Parameters[i]}.", nameof(arguments));
            }

            if (Type.Parameters[i].IsReference)
            {
                CheckReference(arguments[i].Reference, i);
            }
        }

        using var entrance = new Entrance(Store);
        CallWithValues(arguments, results, entrance.Depth);
        Store.ThrowIfOutOfFuel();
        GC.KeepAlive(_codeOwner);
    }

    /// <summary>Called by compiled code that finds no code: gives it the best there is now.</summary>
    /// <returns>
    /// Its code: a static method <c>(context, parameters…, int depth) → first result</c>; with the fuel on both sides
    /// where <see cref="Module.PassesFuel"/> says so.
    /// </returns>
    /// <remarks>The detour was made for the type before code that calls functions of it could run.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static nint Prepare(Function function)
    {
        if (!function.TryAttach())
        {
            function.Attach(function, function._identity.DetourFor(function.PassesFuel));
        }

        return function.Code;
    }

    /// <summary>Called by the detour, with arguments in slots and results where compiled code takes them.</summary>
    internal static unsafe void CallFromCode(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        if (function.Binding is not null)
        {
            // A host's code may have been made since; a guest's is looked for by the call.
            function.TryAttach();
        }

        function.Call(stack, slots, depth);
        Slot.ReadExtra(function.Store, function.Type, stack, slots);
    }

    /// <summary>Slots for a call, from the top of the store's stack.</summary>
    internal unsafe ulong* Reserve(out InterpreterStack stack)
    {
        stack = Store.Stack;
        return stack.Reserve(Type.SlotCount);
    }

    /// <summary>Calls the function, however it is run, with arguments in slots; its results replace them.</summary>
    /// <param name="stack">The store's, which this thread has entered.</param>
    /// <param name="slots">From the stack's <c>Top</c>, or below it.</param>
    /// <param name="depth">How many calls may nest, this one included.</param>
    internal unsafe void Call(InterpreterStack stack, ulong* slots, int depth)
    {
        if (Binding is not null)
        {
            HostFunction.Call(this, stack, slots, depth);
        }
        else if (TryAttach())
        {
            CallCode(stack, slots, depth);
        }
        else
        {
            Interpreter.Call(this, stack, slots, depth);
        }
    }

    /// <summary>Calls its own code with arguments in slots; the results replace them.</summary>
    internal unsafe void CallCode(InterpreterStack stack, ulong* slots, int depth)
    {
        ulong* top = stack.Top;
        stack.Top = slots + Type.SlotCount;
        SlotCall call = PassesFuel ? _identity.FueledCodeCall : _identity.CodeCall;
        try
        {
            call(this, stack, slots, depth);
            Slot.WriteExtra(Store, Type, stack, slots);
        }
        finally
        {
            stack.Top = top;
        }
    }

    /// <summary>Points it to its own code, if that was compiled by now.</summary>
    internal bool TryAttach()
    {
        if (Guest is not null)
        {
            return Guest.Module.Tiers.TryFind(Index, out nint address) && Attach(Guest, address);
        }

        return Binding!.Definition.Code is HostCode code && Attach(Binding, code);
    }

    /// <summary>Emits the code of a host's function on this thread.</summary>
    [RequiresDynamicCode(DynamicCode.Requirement)]
    internal void AttachEmitted() => Attach(Binding!, Binding!.Definition.MakeCode());

    private bool Attach(object context, HostCode code)
    {
        _codeOwner = code;
        return Attach(context, code.Address);
    }

    private bool Attach(object context, nint code)
    {
        Context = context;
        Code = code;
        return true;
    }

    private static Function Free(Store store, HostFunction definition) => definition.Bind(store, importer: null);

    private void CheckReference(object? argument, int parameter)
    {
        ValueCode code = Type.ParameterCodes[parameter];
        if (!ReferenceTypes.Admit(argument, code, Type.TypeOf(code)))
        {
            throw new ArgumentException($"Parameter {parameter} is {code.Text}.", nameof(argument));
        }

        if (code.Kind is ValueKind.FuncRef or ValueKind.AnyRef)
        {
            ThrowIfForeign(argument, Store);
        }
    }

    private unsafe void CallWithValues(ReadOnlySpan<Value> arguments, Span<Value> results, int depth)
    {
        ulong* slots = Reserve(out InterpreterStack stack);
        for (int i = 0; i < arguments.Length; i++)
        {
            Slot.Write(stack, slots + i, arguments[i]);
        }

        Call(stack, slots, depth);
        for (int i = 0; i < Type.Results.Length; i++)
        {
            results[i] = Slot.Read(stack, slots + i, Type.Results[i]);
        }
    }
}
