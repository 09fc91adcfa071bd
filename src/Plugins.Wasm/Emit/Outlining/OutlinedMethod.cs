using System.Reflection;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>A region that becomes a method.</summary>
/// <param name="method">The method.</param>
/// <param name="parameters">The types of its arguments.</param>
/// <param name="il">Where its code goes.</param>
/// <param name="isMeasured">Whether it may be entered only to measure its frame.</param>
internal sealed class OutlinedMethod(MethodInfo method, Type[] parameters, ILEmitter il, bool isMeasured)
{
    public MethodInfo Method { get; } = method;

    public IReadOnlyList<Type> Parameters { get; } = parameters;

    public ILEmitter IL { get; } = il;

    public bool IsMeasured { get; } = isMeasured;

    /// <summary>What is in it of that for which the compiler takes more than its share of time.</summary>
    public FunctionShape Shape { get; } = new();
}
