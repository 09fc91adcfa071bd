using System.Text;
using System.Text.Json;

namespace Plugins.Cli.Tests.Support;

/// <summary>A command that ended: its exit code and everything that it wrote.</summary>
internal sealed record CommandRun(int ExitCode, byte[] Bytes, string Errors)
{
    internal string Output => Encoding.UTF8.GetString(Bytes);

    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>What a failed assertion shows.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
