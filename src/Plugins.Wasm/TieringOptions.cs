namespace Plugins.Wasm;

/// <summary>When functions are compiled.</summary>
internal sealed record TieringOptions
{
    public static TieringOptions Default { get; } = new();

    /// <summary>Calls after which a function is hot; 0 compiles it before it is called first.</summary>
    public int Calls { get; init; } = 300;

    /// <summary>Rounds of a loop after which its function is hot.</summary>
    public int Rounds { get; init; } = 1_500;

    /// <summary>Compiles at once on the thread that finds a function hot; for tests.</summary>
    public bool IsSynchronous { get; init; }

    /// <summary>Notes what is run of small functions, too; for tests.</summary>
    public bool NotesAll { get; init; }

    /// <summary>The most time that compiling one module may take.</summary>
    /// <value>What <see cref="ModuleOptions.CompilationTime"/> says.</value>
    public TimeSpan Budget { get; init; }
}
