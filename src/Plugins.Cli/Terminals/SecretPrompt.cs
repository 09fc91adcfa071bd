#pragma warning disable RS0030 // A secret is typed into the real terminal, which must not show it.
using System.Text;

namespace Plugins.Cli.Terminals;

/// <summary>Reads a line from the terminal without showing it.</summary>
internal static class SecretPrompt
{
    private const int MaximumLength = 1024;

    internal static string Ask(string question)
    {
        Console.Error.Write(question + ": ");
        var secret = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(
            intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (key.KeyChar != '\0' && secret.Length < MaximumLength)
            {
                secret.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return secret.ToString();
    }
}
