using System.Reflection;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The state that the functions of one module share while they are emitted.</summary>
internal sealed class ModuleScope
{
    private readonly MethodInfo?[] _methods;

    /// <param name="module">The module.</param>
    public ModuleScope(Module module)
    {
        _methods = new MethodInfo?[module.Binary.Bodies.Length];
        Module = module;
        Budget = new CodeBudget(module.Binary);
    }

    public Module Module { get; }

    public BinaryModule Binary => Module.Binary;

    public CodeBudget Budget { get; }

    /// <summary>
    /// The types of functions that were called through references since this was cleared, and whether the fuel was
    /// passed.
    /// </summary>
    public HashSet<(TypeIdentity Type, bool PassesFuel)> Called { get; } = [];

    /// <summary>The method of a function that is not imported; null if it may not be called.</summary>
    public MethodInfo? MethodOf(int index) => _methods[index - Binary.ImportedFunctionCount];

    /// <summary>Lets calls of a function be direct, or no more.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="method">Its method.</param>
    public void SetMethod(int function, MethodInfo? method) => _methods[function] = method;
}
