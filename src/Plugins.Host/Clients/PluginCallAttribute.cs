namespace Plugins.Host.Clients;

/// <summary>Names the function that a client's method calls.</summary>
/// <remarks>
/// Without it, the function has the method's name in lower case with underscores, and without Async:
/// <c>WordCountAsync</c> calls <c>word_count</c>. Immutable and safe for use by many threads.
/// </remarks>
/// <param name="function">The function's name; the manifest lists it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PluginCallAttribute(string function) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;
}
