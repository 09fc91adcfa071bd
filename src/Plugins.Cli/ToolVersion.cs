using System.Reflection;

namespace Plugins.Cli;

/// <summary>The version of this command, which is that of the SDK it brings.</summary>
internal static class ToolVersion
{
    internal static string Text { get; } = typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
