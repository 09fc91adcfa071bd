using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>A module's emitted methods. Keeps them loaded as long as it is reachable.</summary>
internal sealed class CompiledCode
{
    /// <summary>Begins the name of every function's method; its index follows.</summary>
    public const string FunctionPrefix = "f";

    private readonly System.Reflection.Module _code;
    private readonly int[] _tokens;
    private readonly nint[] _addresses;

    /// <param name="code">What the methods were emitted into; its types are made.</param>
    /// <param name="tokens">Metadata tokens of the functions' methods: objects would outweigh the code.</param>
    /// <param name="functions">What became of each function.</param>
    /// <param name="largeFunctions">Those that stand behind gates, by the number of the gate.</param>
    /// <param name="changesTables">Whether any function changes a table.</param>
    public CompiledCode(
        System.Reflection.Module code,
        int[] tokens,
        CompiledFunction[] functions,
        LargeFunction[] largeFunctions,
        bool changesTables)
    {
        _code = code;
        _tokens = tokens;
        _addresses = new nint[tokens.Length];
        Frames = new LargeFrames(code, largeFunctions);
        Functions = functions;
        ChangesTables = changesTables;
    }

    public Assembly Assembly => _code.Assembly;

    public CompiledFunction[] Functions { get; }

    public LargeFrames Frames { get; }

    /// <summary>Whether any function changes a table.</summary>
    public bool ChangesTables { get; }

    /// <summary>Where to call one of the module's own functions; compiled by the runtime at its first call.</summary>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Trimming does not see emitted code, so it leaves its tokens alone.")]
    public nint AddressOf(int index)
    {
        // Two threads may both find zero here; they then write the same address.
        nint address = _addresses[index];
        if (address == 0)
        {
            address = _code.ResolveMethod(_tokens[index])!.MethodHandle.GetFunctionPointer();
            _addresses[index] = address;
        }

        return address;
    }
}
