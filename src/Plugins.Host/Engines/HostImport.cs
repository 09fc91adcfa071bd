namespace Plugins.Host.Engines;

/// <summary>A function of the host, made for one instance, that a guest may import.</summary>
/// <param name="Module">The first of the import's two names.</param>
/// <param name="Name">The second of the import's two names.</param>
/// <param name="Function">
/// One of <see cref="Func{TResult}"/>, <see cref="Func{T1, T2, TResult}"/>, <see cref="Action{T1, T2}"/> and
/// <see cref="Action{T1, T2, T3}"/>, over <see cref="int"/> throughout.
/// </param>
/// <remarks>Immutable; used by one thread at a time, as its instance is.</remarks>
public sealed record HostImport(string Module, string Name, Delegate Function);
