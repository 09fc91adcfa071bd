using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>The number that stands for a function type in compiled code while anything uses that type.</summary>
/// <remarks>
/// Indirect calls compare these numbers instead of signatures. Modules and functions hold the identity, and its number
/// is given to another type only after it was finalized, so equal numbers always mean equal types.
/// </remarks>
internal sealed class TypeIdentity
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<FunctionType, WeakReference<TypeIdentity>> s_known = [];
    private static readonly List<int> s_free = [];
    private static int s_next = 1;

    private SlotCall? _codeCall;
    private SlotCall? _fueledCodeCall;
    private Detour? _detour;
    private Detour? _fueledDetour;

    private TypeIdentity(FunctionType type, int number)
    {
        Type = type;
        Number = number;
    }

    ~TypeIdentity() => Release(this);

    public FunctionType Type { get; }

    public int Number { get; }

    /// <summary>Calls compiled code of this type from slots; made at the first use.</summary>
    /// <remarks>Any number of threads may make it; each gets one that serves.</remarks>
    public SlotCall CodeCall => _codeCall ??= MakeCodeCall();

    /// <summary>The same for code that is given its fuel; see <see cref="Module.PassesFuel"/>.</summary>
    public SlotCall FueledCodeCall => _fueledCodeCall ??=
        DynamicCode.IsSupported ? SlotCallEmitter.Emit(Type, passesFuel: true) : throw DynamicCode.Unsupported();

    /// <summary>The way from compiled code to functions of this type that have no code of their own.</summary>
    /// <param name="passesFuel">Whether it is given the fuel.</param>
    public Detour DetourFor(bool passesFuel) => (passesFuel ? _fueledDetour : _detour)
        ?? throw new InvalidOperationException("No detour was made.");

    /// <summary>Makes everything that code of this type, and calls of such from code, may need.</summary>
    /// <param name="passesFuel">Whether the code is given its fuel.</param>
    [RequiresDynamicCode(DynamicCode.Requirement)]
    public void PrepareForCode(bool passesFuel)
    {
        if (passesFuel)
        {
            _ = FueledCodeCall;
            Prepare(ref _fueledDetour, passesFuel);
        }
        else
        {
            _ = CodeCall;
            Prepare(ref _detour, passesFuel);
        }
    }

    public static TypeIdentity Of(FunctionType type)
    {
        lock (s_lock)
        {
            if (s_known.TryGetValue(type, out WeakReference<TypeIdentity>? weak)
                && weak.TryGetTarget(out TypeIdentity? known))
            {
                return known;
            }

            int number = TakeNumber();
            var identity = new TypeIdentity(type, number);
            s_known[type] = new WeakReference<TypeIdentity>(identity);
            return identity;
        }
    }

    [RequiresDynamicCode(DynamicCode.Requirement)]
    private void Prepare(ref Detour? detour, bool passesFuel)
    {
        if (detour is null)
        {
            Volatile.Write(ref detour, new Detour(Type, passesFuel));
        }
    }

    private unsafe SlotCall MakeCodeCall() =>
        Crossings.Find(Type) is Crossing crossing ? crossing.CallCode
        : DynamicCode.IsSupported ? SlotCallEmitter.Emit(Type, passesFuel: false)
        : throw DynamicCode.Unsupported();

    private static int TakeNumber()
    {
        if (s_free.Count == 0)
        {
            return s_next++;
        }

        int number = s_free[^1];
        s_free.RemoveAt(s_free.Count - 1);
        return number;
    }

    private static void Release(TypeIdentity dead)
    {
        lock (s_lock)
        {
            s_free.Add(dead.Number);

            // A new identity of the same type may have taken the entry since this one died.
            if (s_known.TryGetValue(dead.Type, out WeakReference<TypeIdentity>? weak) && !weak.TryGetTarget(out _))
            {
                s_known.Remove(dead.Type);
            }
        }
    }
}
