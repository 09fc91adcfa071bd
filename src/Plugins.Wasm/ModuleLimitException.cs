namespace Plugins.Wasm;

/// <summary>The module is larger in some respect than <see cref="ModuleLimits"/> allows.</summary>
public sealed class ModuleLimitException : WasmException
{
    /// <summary>The name of the limit on modules as text, which is a parameter.</summary>
    internal const string TextLimit = "maximumTextBytes";

    internal ModuleLimitException(string limit, long allowed, long actual, int offset)
        : base($"The module exceeds the limit on {limit} at byte {offset}: {actual} where {allowed} are allowed.")
    {
        Limit = limit;
        Allowed = allowed;
        Actual = actual;
        Offset = offset;
    }

    /// <summary>The property of <see cref="ModuleLimits"/> that was exceeded, or the parameter of that name.</summary>
    public string Limit { get; }

    /// <summary>The limit's value.</summary>
    public long Allowed { get; }

    /// <summary>The number that the module asked for, or the first past the limit.</summary>
    public long Actual { get; }

    /// <summary>Offset of the request, in bytes from the start of the module.</summary>
    public int Offset { get; }
}
