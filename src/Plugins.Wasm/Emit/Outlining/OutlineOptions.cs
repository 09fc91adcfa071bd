using Plugins.Wasm.IL;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>Into what a function is cut.</summary>
/// <param name="Limit">What the method that keeps the function's name may be, and, halved, any other.</param>
/// <param name="Least">The smallest part of <paramref name="Limit"/> for which a method is worth its calls.</param>
internal readonly record struct OutlineOptions(CodeSize Limit, double Least);
