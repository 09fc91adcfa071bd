using System.Globalization;

namespace Plugins.Wasm;

/// <summary>The text is not a module in the text format.</summary>
/// <remarks>WebAssembly 3.0, chapter 6. Immutable and safe for use by many threads.</remarks>
public sealed class MalformedTextException : WasmException
{
    internal MalformedTextException(string reason, int line, int column)
        : base(string.Create(
            CultureInfo.InvariantCulture, $"Malformed text at line {line}, column {column}: {reason}."))
    {
        Reason = reason;
        Line = line;
        Column = column;
    }

    /// <summary>The fault; it begins with the words of the specification's tests where they have some.</summary>
    public string Reason { get; }

    /// <summary>The line of the first character that does not fit, from 1.</summary>
    public int Line { get; }

    /// <summary>Its place in the line in Unicode characters, from 1; a tabulator is one.</summary>
    public int Column { get; }
}
