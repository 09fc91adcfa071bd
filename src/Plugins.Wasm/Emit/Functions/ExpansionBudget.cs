using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Keeps emitted code in proportion to the guest's: few bytes may carry a thousand values.</summary>
/// <remarks>
/// Of the whole module, since it is kept, and of each function, since the runtime's compiler takes some two hundred
/// bytes and half a microsecond for each byte of one. Only code counts: other sections would buy more of it.
/// </remarks>
internal sealed class ExpansionBudget
{
    private const long FreeBytes = 4 << 20;
    private const long FreeBytesPerFunction = 256;
    private const long FreeFunctionBytes = 64 << 10;

    private readonly ModuleLimits _limits;
    private readonly long _allowed;
    private long _used;

    public ExpansionBudget(BinaryModule module, ModuleLimits limits)
    {
        _limits = limits;
        _allowed = FreeBytes + module.Bodies.Sum(body => FreeBytesPerFunction + Proportional(body));
    }

    /// <summary>Adds what was emitted for good.</summary>
    /// <exception cref="ModuleLimitException">It is too much.</exception>
    public void Take(long bytes, int offset)
    {
        _used += bytes;
        CheckModule(0, offset);
    }

    /// <summary>Looks at a function that is being emitted.</summary>
    /// <param name="body">The function.</param>
    /// <param name="bytes">What was emitted of it so far.</param>
    /// <param name="offset">Where in the module that ends.</param>
    /// <exception cref="ModuleLimitException">It is too much.</exception>
    public void Check(FunctionBody body, long bytes, int offset)
    {
        CheckModule(bytes, offset);
        if (bytes > _limits.FunctionCodeBytes)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.FunctionCodeBytes), _limits.FunctionCodeBytes, bytes, offset);
        }

        if (bytes > FreeFunctionBytes + Proportional(body))
        {
            throw Expanded(offset);
        }
    }

    private void CheckModule(long more, int offset)
    {
        if (_used + more > _allowed)
        {
            throw Expanded(offset);
        }
    }

    private long Proportional(FunctionBody body) => (long)(body.End - body.Start) * _limits.CodeExpansion;

    private ModuleLimitException Expanded(int offset) =>
        new(nameof(ModuleLimits.CodeExpansion), _limits.CodeExpansion, _limits.CodeExpansion + 1, offset);
}
