#pragma warning disable RS0030 // The one place where the process's console, clock and folder enter as parameters.
using Plugins.Cli;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

// Answered before anything else is loaded: this is what other tools run to see whether the command is there.
if (args is ["--version"])
{
    Console.Out.WriteLine(ToolVersion.Text);
    return 0;
}

using var output = Console.OpenStandardOutput();
var surroundings = new Surroundings
{
    Input = Console.OpenStandardInput(),
    Output = output,
    Error = Console.Error,
    InputIsTerminal = !Console.IsInputRedirected,
    OutputIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Width = TerminalWidth.Get(),
    Folder = Environment.CurrentDirectory,
    Variable = Environment.GetEnvironmentVariable,
    AskSecret = Console.IsInputRedirected ? null : SecretPrompt.Ask,
};
return await PluginsCommand.RunAsync(args, surroundings);
