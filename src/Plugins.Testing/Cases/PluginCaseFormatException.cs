namespace Plugins.Testing.Cases;

/// <summary>A case file breaks its format.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class PluginCaseFormatException : Exception
{
    internal PluginCaseFormatException(string file, string field, string problem)
        : base(field.Length == 0 ? $"{file}: {problem}." : $"{file}: {field}: {problem}.")
    {
        File = file;
        Field = field;
        Problem = problem;
    }

    internal PluginCaseFormatException(string file, long? line, long? column, string problem, Exception innerException)
        : base($"{(line is null ? file : $"{file}: line {line}, byte {column}")}: not valid JSON.", innerException)
    {
        File = file;
        Field = "";
        Problem = problem;
        Line = line;
        Column = column;
    }

    /// <summary>What the file was called when it was read.</summary>
    public string File { get; }

    /// <summary>Which field is wrong, such as <c>cases[3].input</c>.</summary>
    /// <value>Empty where it is the file as a whole, or no JSON at all.</value>
    public string Field { get; }

    /// <summary>What is wrong with it, in words.</summary>
    public string Problem { get; }

    /// <summary>The line where the text is not JSON, from 1.</summary>
    /// <value>Null where it is JSON.</value>
    public long? Line { get; }

    /// <summary>The byte in that line, from 1.</summary>
    /// <value>Null where it is JSON.</value>
    public long? Column { get; }
}
