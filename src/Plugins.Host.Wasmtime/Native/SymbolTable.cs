namespace Plugins.Host.Wasmtime.Native;

/// <summary>Looks up a library's functions and remembers which of those that are needed it lacks.</summary>
/// <param name="addressOf">The address of a function by its name in C, or 0 where the library has none.</param>
/// <remarks>For one thread.</remarks>
internal sealed class SymbolTable(Func<string, nint> addressOf)
{
    private readonly List<string> _missing = [];

    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>The address of a function that is needed; 0, and a note, where it is missing.</summary>
    internal nint Require(string name)
    {
        var address = Find(name);
        if (address == 0)
        {
            _missing.Add(name);
        }

        return address;
    }

    /// <summary>The address of a function that only some versions have, else 0.</summary>
    internal nint Find(string name) => addressOf(name);
}
