using Microsoft.Extensions.Logging;

namespace Plugins.Testing.Recording;

/// <summary>What a guest logged.</summary>
/// <param name="Level">The level it gave; a number that no level has became the nearest.</param>
/// <param name="Text">The guest's text; escape it before you show it.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record GuestLogEntry(LogLevel Level, string Text);
