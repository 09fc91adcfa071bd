using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>What a function type is in compiled code: a number, and ways to call functions of the type.</summary>
/// <remarks>
/// Indirect calls compare these numbers instead of signatures. Modules and functions hold the type, whose number is
/// given to another one only after it was finalized, so equal numbers always mean equal types.
/// </remarks>
internal sealed class TypeIdentity
{
    private SlotCall? _codeCall;
    private SlotCall? _fueledCodeCall;
    private Detour? _detour;
    private Detour? _fueledDetour;

    private TypeIdentity(DefinedType definition)
    {
        Definition = definition;
        Type = definition.Function!;
        Display = ObjectLayout.DisplayOf(definition);
    }

    public DefinedType Definition { get; }

    /// <summary>The numbers of its supertypes by their depth, its own last.</summary>
    public int[] Display { get; }

    public FunctionType Type { get; }

    public int Number => Definition.Number;

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

    public static TypeIdentity Of(DefinedType definition) =>
        (TypeIdentity?)definition.Attachment
        ?? (TypeIdentity?)Interlocked.CompareExchange(ref definition.Attachment, new TypeIdentity(definition), null)
        ?? (TypeIdentity)definition.Attachment!;

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
}
