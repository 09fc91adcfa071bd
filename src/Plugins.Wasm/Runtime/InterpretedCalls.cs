using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime;

/// <summary>The interpreted calls that an exception left, innermost first, for its backtrace.</summary>
/// <remarks>Noted by one thread, while the exception passes.</remarks>
internal sealed class InterpretedCalls
{
    private List<InterpretedCall>? _calls;

    /// <summary>Whether more of them would be shown.</summary>
    public bool MayNote => _calls is null || _calls.Count < Backtrace.MaximumFrames;

    /// <summary>The calls; where a run of the interpreter ends there is no module.</summary>
    public IReadOnlyList<InterpretedCall> All => _calls ?? [];

    /// <summary>Notes a call that was interpreted, or with no module the end of a run.</summary>
    public void Note(in InterpretedCall call) => (_calls ??= []).Add(call);
}
