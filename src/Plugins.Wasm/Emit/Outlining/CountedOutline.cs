using System.Reflection;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>Methods that are only counted.</summary>
/// <param name="plan">What is cut out of the function.</param>
internal sealed class CountedOutline(OutlinePlan plan) : Outline(plan)
{
    // Any will do: it is not looked at.
    private static readonly MethodInfo s_method =
        typeof(Math).GetMethod(nameof(Math.Max), [typeof(int), typeof(int)])!;

    public override Type SlotType => typeof(long);

    public override OutlinedMethod Define(CodeStretch code, Type[] parameters) =>
        new(s_method, parameters, new ILEmitter(new ILCounter()), isMeasured: false);
}
