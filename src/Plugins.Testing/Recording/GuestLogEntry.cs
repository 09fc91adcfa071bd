using Microsoft.Extensions.Logging;

namespace Plugins.Testing.Recording;

/// <summary>A log entry of a guest.</summary>
/// <param name="Level">The level; a number beyond the known levels became the nearest one.</param>
/// <param name="Text">The guest's text; escape it before you show it.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record GuestLogEntry(LogLevel Level, string Text);
