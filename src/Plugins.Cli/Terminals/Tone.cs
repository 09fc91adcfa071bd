namespace Plugins.Cli.Terminals;

/// <summary>What a piece of text is to the reader; <see cref="Page"/> decides how that looks.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Dim,
    Good,
    Bad,
    Warning,
}
