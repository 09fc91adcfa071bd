namespace Plugins.Cli;

/// <summary>What the command tells the shell; scripts depend on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>All went well.</summary>
    Success = 0,

    /// <summary>The plugin, a test, or a budget failed.</summary>
    Failed = 1,

    /// <summary>The command line, or a file that it names, is wrong.</summary>
    Usage = 2,

    /// <summary>The plugin was refused before it ran: signature, grant, manifest, module.</summary>
    Refused = 3,

    /// <summary>The plugin was stopped at one of its limits.</summary>
    Limit = 4,

    /// <summary>A bug in this command.</summary>
    Internal = 70,

    /// <summary>What was printed could not be written.</summary>
    Output = 74,

    /// <summary>Stopped by Ctrl+C.</summary>
    Cancelled = 130,
}
