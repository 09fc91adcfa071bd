namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>A type of C++ as text, in two halves: what points to it, or is named by it, stands between them.</summary>
internal readonly record struct TypeText(string Before, string After = "")
{
    // Of functions and arrays, where a pointer needs brackets: void (*)(int), int (*) [3].
    private bool IsOpen => After.Length > 0 && After[0] != ')';

    public TypeText PointedToBy(string pointer)
    {
        string open = !IsOpen ? string.Empty : Before.EndsWith(' ') ? "(" : " (";
        string close = IsOpen ? ")" : string.Empty;
        return new TypeText(Before + open + pointer, close + After);
    }

    /// <summary>A reference; one to a reference collapses with it, as in C++.</summary>
    public TypeText ReferredToBy(string reference)
    {
        bool isRight = Before.EndsWith("&&", StringComparison.Ordinal);
        return isRight ? this with { Before = Before[..^2] + reference }
            : Before.EndsWith('&') ? this
            : PointedToBy(reference);
    }

    public override string ToString() => Before + After;
}
