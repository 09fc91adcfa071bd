using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit;

/// <summary>
/// Keeps emitted code in proportion to the module, since a call with a thousand results is two bytes long.
/// </summary>
internal sealed class ExpansionBudget
{
    private const long FreeBytes = 4 << 20;

    private readonly ModuleLimits _limits;
    private readonly long _allowed;
    private long _used;

    public ExpansionBudget(BinaryModule module, ModuleLimits limits)
    {
        _limits = limits;
        _allowed = FreeBytes + ((long)module.Bytes.Length * limits.CodeExpansion);
    }

    /// <summary>Adds what was emitted for good.</summary>
    /// <exception cref="ModuleLimitException">It is too much.</exception>
    public void Take(long bytes, int offset)
    {
        _used += bytes;
        Check(0, offset);
    }

    /// <summary>Looks at a function that is being emitted.</summary>
    /// <exception cref="ModuleLimitException">It is too much.</exception>
    public void Check(long more, int offset)
    {
        if (_used + more > _allowed)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.CodeExpansion), _limits.CodeExpansion, _limits.CodeExpansion + 1, offset);
        }
    }
}
