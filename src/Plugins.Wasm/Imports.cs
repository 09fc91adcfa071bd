using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>Named definitions that modules are linked against; one set serves any number of instances.</summary>
/// <remarks>Fill it on one thread; from then on it may be read by many.</remarks>
public sealed class Imports
{
    private readonly Dictionary<(string Module, string Name), object> _definitions = [];

    // Resolving names costs more than the rest of a small instantiation, and the same module comes again and again.
    private ResolvedImports? _lastResolved;

    /// <summary>Defines a host function.</summary>
    /// <param name="module">The first name.</param>
    /// <param name="name">The second name.</param>
    /// <param name="function">
    /// Takes and returns <see cref="int"/>, <see cref="uint"/>, <see cref="long"/>, <see cref="ulong"/>,
    /// <see cref="float"/>, <see cref="double"/>, <c>Vector128&lt;byte&gt;</c> (a <c>v128</c>), <see cref="Function"/>
    /// (a <c>funcref</c>) or <see cref="object"/> (an <c>externref</c>). A first parameter of type
    /// <see cref="Instance"/> receives the instance that imports it. What it throws passes through the guest to the
    /// guest's caller.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is defined already, or the delegate's signature has no counterpart in WebAssembly.
    /// </exception>
    public Imports Add(string module, string name, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Define(module, name, new HostFunction(function));
    }

    /// <summary>Defines a host function of any signature.</summary>
    /// <param name="module">The first name.</param>
    /// <param name="name">The second name.</param>
    /// <param name="type">Its parameters and results, of which there may be several.</param>
    /// <param name="callback">
    /// What is called. A result of another type than declared is an <see cref="InvalidOperationException"/>, and a
    /// function of another store an <see cref="ArgumentException"/>; both go to the guest's caller.
    /// </param>
    /// <exception cref="ArgumentException">The name is defined already.</exception>
    public Imports Add(string module, string name, FunctionType type, HostCallback callback)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(callback);
        return Define(module, name, new HostFunction(type, callback));
    }

    /// <inheritdoc cref="Define"/>
    public Imports Add(string module, string name, Function function) => Define(module, name, function);

    /// <inheritdoc cref="Define"/>
    public Imports Add(string module, string name, LinearMemory memory) => Define(module, name, memory);

    /// <inheritdoc cref="Define"/>
    public Imports Add(string module, string name, Table table) => Define(module, name, table);

    /// <inheritdoc cref="Define"/>
    public Imports Add(string module, string name, Global global) => Define(module, name, global);

    /// <inheritdoc cref="Define"/>
    public Imports Add(string module, string name, Tag tag) => Define(module, name, tag);

    /// <summary>Defines every export of an instance under its own name.</summary>
    /// <exception cref="ArgumentException">One of the names is defined already.</exception>
    public Imports Add(string module, Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        foreach (ExportType export in instance.Module.Exports)
        {
            Define(module, export.Name, instance.GetExport(export.Name)!);
        }

        return this;
    }

    /// <summary>What is defined for every import of <paramref name="module"/>, in order.</summary>
    /// <exception cref="LinkException">Nothing is defined for one of them.</exception>
    internal object[] Resolve(Module module)
    {
        ResolvedImports? last = _lastResolved;
        if (last?.Module == module)
        {
            return last.Definitions;
        }

        var definitions = new object[module.Imports.Length];
        for (int i = 0; i < definitions.Length; i++)
        {
            ImportType import = module.Imports[i];
            definitions[i] = _definitions.TryGetValue((import.Module, import.Name), out object? definition)
                ? definition
                : throw new LinkException(import, actual: null);
        }

        _lastResolved = new ResolvedImports(module, definitions);
        return definitions;
    }

    /// <summary>Defines something of a store; only instances of that store can import it.</summary>
    /// <exception cref="ArgumentException">The name is defined already.</exception>
    private Imports Define(string module, string name, object definition)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(definition);
        if (!_definitions.TryAdd((module, name), definition))
        {
            throw new ArgumentException(
                $"'{ForeignText.Name(module)}' '{ForeignText.Name(name)}' is defined already.", nameof(name));
        }

        _lastResolved = null;
        return this;
    }

    private sealed record ResolvedImports(Module Module, object[] Definitions);
}
