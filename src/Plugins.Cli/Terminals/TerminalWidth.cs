#pragma warning disable RS0030 // The width is the console's.
namespace Plugins.Cli.Terminals;

/// <summary>How many columns the terminal has.</summary>
internal static class TerminalWidth
{
    private const int WhereUnknown = 80;

    internal static int Get()
    {
        if (Console.IsOutputRedirected && Console.IsErrorRedirected)
        {
            return WhereUnknown;
        }

        try
        {
            return Console.WindowWidth is > 0 and var width ? width : WhereUnknown;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            // Something that calls itself a terminal and is none.
            return WhereUnknown;
        }
    }
}
