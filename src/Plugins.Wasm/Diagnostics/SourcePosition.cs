using System.Globalization;

namespace Plugins.Wasm.Diagnostics;

/// <summary>A place in a guest's source, as the module's debug information has it.</summary>
/// <param name="File">
/// The file, relative to the directory that it was compiled in where the compiler says so; cut to 256 characters.
/// </param>
/// <param name="Line">The line; the first is 1, and 0 means code that no line stands for.</param>
/// <param name="Column">The column; the first is 1, and 0 means that it is not known.</param>
/// <remarks>
/// Immutable and safe for use by many threads. It is what the module says: its publisher can write anything there, so
/// escape it before it reaches a terminal or a page, and open no file by it.
/// </remarks>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary><c>file:line:column</c>, without what is not known.</summary>
    public override string ToString() => this switch
    {
        { Line: 0 } => File,
        { Column: 0 } => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}"),
    };
}
