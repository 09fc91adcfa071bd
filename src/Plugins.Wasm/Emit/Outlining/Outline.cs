using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>The methods into which one function is cut, as they are emitted.</summary>
/// <param name="plan">What is cut out of it.</param>
internal abstract class Outline(OutlinePlan plan)
{
    /// <summary>The most operands that a branch out of a region may take along.</summary>
    public const int MaximumOperands = 16;

    private readonly List<OutlinedMethod> _methods = [];

    public Region Whole { get; } = plan.Whole;

    /// <summary>Where in a structure values leave a region.</summary>
    public SlotLayout Slots { get; } = plan.Slots;

    /// <summary>A structure with room for all of <see cref="Slots"/>.</summary>
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
