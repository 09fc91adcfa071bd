using Microsoft.Extensions.Logging;

namespace Plugins.Host.Tests.Support;

internal sealed record LogEntry(string Category, LogLevel Level, int Id, string Message, Exception? Exception);
