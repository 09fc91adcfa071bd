using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>How a function may be compiled without taking the just-in-time compiler long.</summary>
/// <param name="Tier">The best way.</param>
/// <param name="Reason">The limit that rules out a better one, as <c>name: actual &gt; limit</c>, or null.</param>
internal readonly record struct Verdict(CompilationTier Tier, string? Reason)
{
    public static Verdict Optimized => new(CompilationTier.Optimized, null);

    /// <summary>This one, or the other where that allows less.</summary>
    public Verdict And(Verdict other) => other.Tier > Tier ? other : this;
}
