namespace Plugins.Cli.Failures;

/// <summary>Writes a text as one word of a shell's command line, which takes it as it is.</summary>
internal static class ShellWord
{
    internal static string Of(string text) => text.Length > 0 && text.All(IsPlain)
        ? text
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || "-_./:=,@%+".Contains(letter, StringComparison.Ordinal);
}
