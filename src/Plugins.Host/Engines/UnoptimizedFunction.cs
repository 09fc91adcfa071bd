namespace Plugins.Host.Engines;

/// <summary>A guest function that is compiled without optimization, and so runs several times slower.</summary>
/// <param name="Index">Its index in the module, imported functions counted.</param>
/// <param name="Name">Its name as in backtraces, or null. It is the guest's word: escape it before showing.</param>
/// <param name="Reason">The limit of the compiler that it passed, as <c>name: actual &gt; limit</c>.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record UnoptimizedFunction(int Index, string? Name, string Reason);
