using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Keeps a module's compiled code, which lives as long as the module, in proportion to its own.</summary>
/// <remarks>
/// Few bytes may carry a thousand values. Only code counts: other sections would buy more of it. Ordinary code takes
/// three to ten bytes of intermediate language for each of its own.
/// </remarks>
internal sealed class CodeBudget
{
    private const long FreeBytes = 4 << 20;
    private const long FreeBytesPerFunction = 256;
    private const long Expansion = 64;

    private readonly long _allowed = FreeBytes;
    private long _used;

    public CodeBudget(BinaryModule module)
    {
        foreach (FunctionBody body in module.Bodies)
        {
            _allowed += FreeBytesPerFunction + (Expansion * (body.End - body.Start));
        }
    }

    /// <summary>Why nothing more is compiled; null as long as there is room.</summary>
    public string? Refusal => _used > _allowed ? $"the module's compiled code: {_used} > {_allowed}" : null;

    /// <summary>Adds what was emitted.</summary>
    /// <param name="bytes">Bytes of intermediate language.</param>
    public void Take(int bytes) => _used += bytes;
}
