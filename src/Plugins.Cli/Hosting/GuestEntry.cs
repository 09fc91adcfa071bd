using Microsoft.Extensions.Logging;

namespace Plugins.Cli.Hosting;

/// <summary>What a guest logged.</summary>
internal sealed record GuestEntry(LogLevel Level, string Text);
