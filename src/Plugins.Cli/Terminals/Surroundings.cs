using System.Text.Json.Serialization;

namespace Plugins.Cli.Terminals;

/// <summary>
/// All that the command knows of the world around it: <c>Program</c> fills it in, tests make their own.
/// </summary>
internal sealed record Surroundings
{
    internal required Stream Input { get; init; }

    /// <summary>Raw bytes, as a plugin's output need not be text.</summary>
    internal required Stream Output { get; init; }

    internal required TextWriter Error { get; init; }

    internal bool InputIsTerminal { get; init; }

    internal bool OutputIsTerminal { get; init; }

    internal bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    internal int Width { get; init; } = 80;

    /// <summary>The file of this command; null where it is part of another program.</summary>
    internal string? Command { get; init; }

    /// <summary>What relative paths start from.</summary>
    internal required string Folder { get; init; }

    /// <summary>Environment variables.</summary>
    internal Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Asks for a secret without showing it; null when nobody can be asked.</summary>
    internal Func<string, string>? AskSecret { get; init; }

    /// <summary>How answers become JSON; the command itself fills it in.</summary>
    internal JsonSerializerContext? AnswerTypes { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>https://no-color.org: any value that is not empty; a dumb terminal has none either.</summary>
    internal bool HasColor => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>A path as people would type it here.</summary>
    internal string Show(string path)
    {
        var relative = Path.GetRelativePath(Folder, path);
        var shown = relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        return shown.Contains(' ', StringComparison.Ordinal) ? $"\"{shown}\"" : shown;
    }

    internal string PathOf(string path) => Path.GetFullPath(path, Folder);
}
