using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Emit.Frames;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit;

/// <summary>The methods of one function's regions, in the type that has the function's own.</summary>
/// <param name="plan">The regions.</param>
/// <param name="type">The type.</param>
/// <param name="slots">A structure for what leaves a region.</param>
/// <param name="prefix">Begins the methods' names.</param>
/// <param name="scan">What is known of the function.</param>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal sealed class EmittedOutline(
    OutlinePlan plan, TypeBuilder type, Type slots, string prefix, FunctionScan scan)
    : Outline(plan)
{
    private int _defined;

    public override Type SlotType => slots;

    public override OutlinedMethod Define(CodeStretch code, Type[] parameters)
    {
        // Backtraces pass over them: their names have no number where a function's has one.
        MethodBuilder method = type.DefineMethod(
            string.Create(CultureInfo.InvariantCulture, $"{prefix}_{_defined++}"),
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(int),
            parameters);
        method.SetImplementationFlags(MethodImplAttributes.IL | MethodImplAttributes.NoInlining);
        method.InitLocals = code.Used.Length > FrameEmitter.MaximumExplicitZeros;
        bool isMeasured = !FrameBound.IsSmall(
            code.Used.Length + parameters.Length, code.End - code.Start, scan, calls: (code.End - code.Start) / 2);
        return new OutlinedMethod(
            method, parameters, new ILEmitter(method.GetILGenerator(code.End - code.Start)), isMeasured);
    }
}
