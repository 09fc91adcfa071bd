using System.Collections.Concurrent;
using Plugins.Wasm.IL;

namespace Plugins.Wasm.Runtime;

/// <summary>What backtraces need of the methods that one module became.</summary>
/// <param name="module">The module.</param>
/// <remarks>Safe for use by many threads.</remarks>
internal sealed class EmittedCode(Module module)
{
    private readonly ConcurrentDictionary<int, ILOrigins> _calls = [];

    public Module Module => module;

    /// <summary>Keeps where a method's calls are.</summary>
    /// <param name="token">The method's token in its assembly.</param>
    /// <param name="calls">The code of calls, by their offsets in the module.</param>
    public void Add(int token, ILOrigins calls)
    {
        if (!calls.IsEmpty)
        {
            _calls[token] = calls;
        }
    }

    /// <summary>The offset of the call that a method is at; null where it is at none.</summary>
    public int? CallAt(int token, int position) => _calls.GetValueOrDefault(token)?.Find(position);
}
