using System.Reflection;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The state that the functions of one module share while they are emitted.</summary>
internal sealed class ModuleScope
{
    private readonly MethodInfo[] _methods;

    /// <param name="module">The module.</param>
    /// <param name="methods">The methods of its own functions; filled before the first is emitted.</param>
    /// <param name="limits">How large its code may become.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ModuleScope(
        Module module, MethodInfo[] methods, ModuleLimits limits, CancellationToken cancellationToken)
    {
        _methods = methods;
        Module = module;
        Expansion = new ExpansionBudget(module.Binary, limits);
        CancellationToken = cancellationToken;
    }

    public Module Module { get; }

    public BinaryModule Binary => Module.Binary;

    public ExpansionBudget Expansion { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The method of one of the module's own functions.</summary>
    public MethodInfo MethodOf(int function) => _methods[function - Binary.ImportedFunctionCount];
}
