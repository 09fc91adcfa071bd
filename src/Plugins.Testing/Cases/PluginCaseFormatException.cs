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
        : base($"{(line is null ? file : $"{file}:{line}:{column}")}: not valid JSON.", innerException)
    {
        File = file;
        Field = "";
        Problem = problem;
        Line = line;
        Column = column;
    }

    /// <summary>The name that the file was read under.</summary>
    public string File { get; }

    /// <summary>The field that is wrong, such as <c>cases[3].input</c>.</summary>
    /// <value>Empty where the whole file is wrong or is not JSON.</value>
    public string Field { get; }

    /// <summary>The problem, in words.</summary>
    public string Problem { get; }

    /// <summary>The line at which the text stops being JSON, from 1.</summary>
    /// <value>Null where it is JSON.</value>
    public long? Line { get; }

    /// <summary>The byte within that line, from 1.</summary>
    /// <value>Null where it is JSON.</value>
    public long? Column { get; }
}
