#pragma warning disable RS0030 // The one place where the process's console, clock and folder enter as parameters.
using Plugins.Cli;
using Plugins.Cli.Terminals;

// Answered before anything else is loaded: this is what other tools run to see whether the command is there.
using var output = Console.OpenStandardOutput();
if (args is ["--version"])
{
    using var version = new UnfailingStream(output);
    version.Write(System.Text.Encoding.ASCII.GetBytes(ToolVersion.Text + Environment.NewLine));
    if (version.Failure is null)
    {
        return 0;
    }

    // It fails once more below, where that is told.
}

// What cannot be told on stderr cannot be told at all.
using var errors = new UnfailingStream(Console.OpenStandardError());
await using var error = new StreamWriter(errors, Console.Error.Encoding) { AutoFlush = true };
var surroundings = new Surroundings
{
    Input = Console.OpenStandardInput(),
    Output = output,
    Error = error,
    InputIsTerminal = !Console.IsInputRedirected,
    OutputIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Width = TerminalWidth.Get(),
    Command = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "plugins" ? Environment.ProcessPath : null,
    Folder = Environment.CurrentDirectory,
    Variable = Environment.GetEnvironmentVariable,
    AskSecret = Console.IsInputRedirected ? null : SecretPrompt.Ask,
};
return await PluginsCommand.RunAsync(args, surroundings);
