namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>Bounds what one name may cost: steps, nesting and characters.</summary>
internal sealed class DemanglingBudget
{
    private const int MaximumSteps = 4_000;
    private const int MaximumDepth = 100;
    private const int MaximumCharacters = 40_000;

    private int _steps;
    private int _depth;
    private int _characters;

    /// <summary>Whether the name is broken or too costly; nothing that follows counts.</summary>
    public bool HasFailed { get; private set; }

    public void Fail() => HasFailed = true;

    /// <summary>Begins a step that may lead to others, which <see cref="Leave"/> ends.</summary>
    /// <returns>Whether it may be taken.</returns>
    public bool TryEnter()
    {
        HasFailed |= ++_steps > MaximumSteps || ++_depth > MaximumDepth;
        return !HasFailed;
    }

    public void Leave() => _depth--;

    /// <summary>Takes room for text that is put together.</summary>
    public bool TryTake(int characters)
    {
        _characters += characters;
        HasFailed |= _characters > MaximumCharacters;
        return !HasFailed;
    }
}
