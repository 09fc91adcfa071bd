using Plugins.Manifest.Text;

namespace Plugins.Host.Logging;

/// <summary>
/// What a log gets in place of an exception that may hold a guest's text: its words, harmless and bounded.
/// </summary>
/// <remarks>
/// Loggers show an exception by <see cref="ToString"/>, or walk its properties and causes; neither finds the original.
/// </remarks>
internal sealed class LoggedException : Exception
{
    private readonly string _description;

    internal LoggedException(Exception original)
        : this(original, VisibleText.Describe(original))
    {
    }

    private LoggedException(Exception original, string description)
        : base(description.Split('\n', 2)[0])
    {
        TypeName = VisibleText.Name(original.GetType().ToString());
        StackTrace = description[Message.Length..].TrimStart('\n');
        _description = description;
    }

    /// <summary>The type of the original.</summary>
    internal string TypeName { get; }

    /// <summary>UTF-16 units that the log gets.</summary>
    internal int Length => _description.Length;

    /// <summary>Causes and stacks of the original.</summary>
    public override string StackTrace { get; }

    public override string ToString() => _description;
}
