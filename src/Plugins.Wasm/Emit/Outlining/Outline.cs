using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>The methods into which one function is cut, as they are emitted.</summary>
/// <param name="whole">The function, with the regions in it.</param>
internal abstract class Outline(Region whole)
{
    /// <summary>The most operands that a branch out of a region may take along.</summary>
    public const int MaximumOperands = 16;

    /// <summary>How many values may leave a region: its locals, then the operands of a branch.</summary>
    public const int Slots = OutlinePlanner.MaximumCrossing + MaximumOperands;

    private readonly List<OutlinedMethod> _methods = [];

    public Region Whole { get; } = whole;

    /// <summary>A structure with room for <see cref="Slots"/> numbers or vectors.</summary>
    public abstract Type SlotType { get; }

    /// <summary>The methods of regions, inner ones first.</summary>
    public IReadOnlyList<OutlinedMethod> Methods => _methods;

    /// <summary>Begins the method of a region, which gives a number.</summary>
    /// <param name="code">The region.</param>
    /// <param name="parameters">The types of its arguments.</param>
    public abstract OutlinedMethod Define(CodeStretch code, Type[] parameters);

    /// <summary>Takes a method that was emitted.</summary>
    public void Add(OutlinedMethod method) => _methods.Add(method);
}
