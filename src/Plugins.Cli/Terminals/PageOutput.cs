using System.Text;
using Spectre.Console;

namespace Plugins.Cli.Terminals;

/// <summary>A writer of known width, so that Spectre.Console asks no console for it.</summary>
internal sealed class PageOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => width;

    public int Height => 24;

    public void SetEncoding(Encoding encoding)
    {
        // The writer keeps its own.
    }
}
