using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The function type that a delegate type stands for, and the ways to and from such delegates.</summary>
internal sealed class DelegateShape
{
    private static readonly ConditionalWeakTable<Type, DelegateShape> s_known = [];

    private readonly Type _delegateType;
    private readonly Type _hostType;
    private readonly Crossing? _crossing;
    private EntryThunk? _entry;
    private HostThunk? _host;
    private MethodInfo? _invoke;

    private DelegateShape(Type delegateType)
    {
        _delegateType = delegateType;
        DelegateSignature signature = DelegateSignature.OfOrdinary(delegateType) ?? DelegateSignature.Of(Invoke);
        TakesImporter = signature.Parameters is [var first, ..] && first == typeof(Instance);
        Parameters = TakesImporter ? signature.Parameters[1..] : signature.Parameters;
        Type = Signature.Of(Parameters, signature.Result);
        _crossing = Crossings.Find(Parameters, signature.Result);
        _hostType = _crossing is null ? delegateType
            : TakesImporter ? _crossing.ImporterDelegateType
            : _crossing.DelegateType;
    }

    /// <summary>The function type, without the importing instance.</summary>
    internal FunctionType Type { get; }

    /// <summary>Whether the first parameter, which is the host's own, is the importing instance.</summary>
    internal bool TakesImporter { get; }

    /// <summary>The types of the other parameters.</summary>
    internal Type[] Parameters { get; }

    /// <summary>Code for calls of such delegates from compiled code, if it was made.</summary>
    internal HostThunk? HostThunk => _host;

    /// <summary>Code for calls of such delegates from compiled code; emitted at the first use.</summary>
    [RequiresDynamicCode(DynamicCode.Requirement)]
    internal HostThunk GetHostThunk() => _host ??= new HostThunk(_hostType, Type, TakesImporter);

    private MethodInfo Invoke => _invoke ??= FindInvoke(_delegateType);

    /// <exception cref="ArgumentException">The signature has no counterpart in WebAssembly.</exception>
    internal static DelegateShape Of(Type delegateType) =>
        s_known.GetValue(delegateType, static type => new DelegateShape(type));

    /// <summary>Makes a delegate of the type that calls a function of <see cref="Type"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">It would need code that cannot be generated here.</exception>
    internal Delegate Enter(Function function)
    {
        if (_crossing is not null)
        {
            Delegate plain = _crossing.Enter(function);
            return plain.GetType() == _delegateType ? plain : plain.Method.CreateDelegate(_delegateType, function);
        }

        if (!DynamicCode.IsSupported)
        {
            throw new PlatformNotSupportedException(
                $"A delegate of type {_delegateType} needs code that cannot be generated in an application compiled "
                + "ahead of time (NativeAOT). Use Function.Invoke, or fewer parameters.");
        }

        _entry ??= new EntryThunk(Invoke, Type, _delegateType.Assembly);
        return _entry.Method.CreateDelegate(_delegateType, function);
    }

    /// <summary>Finds the call of such a delegate from slots.</summary>
    /// <returns>Null where emitted code has to be used.</returns>
    internal unsafe HostCall? FindHostCall() =>
        _crossing is not null ? (TakesImporter ? _crossing.CallHostForImporter : _crossing.CallHost)
        : DynamicCode.IsSupported ? null
        : new ReflectedHostCall(this).Call;

    /// <summary>The delegate as calls expect it: of another type, where one of that signature is known.</summary>
    internal Delegate Adapt(Delegate target) =>
        _hostType == _delegateType ? target : Invoke.CreateDelegate(_hostType, target);

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "A delegate type that is used keeps its Invoke method.")]
    private static MethodInfo FindInvoke(Type delegateType) => delegateType.GetMethod("Invoke")
        ?? throw new ArgumentException($"{delegateType} is not a delegate type.", nameof(delegateType));
}
