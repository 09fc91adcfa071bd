using System.Text;
using Spectre.Console;

namespace Plugins.Cli.Terminals;

/// <summary>A writer of lines that are broken already, so that Spectre.Console asks no console for its width.</summary>
internal sealed class PageOutput(TextWriter writer) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => 1_000_000;

    public int Height => 24;

    public void SetEncoding(Encoding encoding)
    {
        // The writer keeps its own.
    }
}
