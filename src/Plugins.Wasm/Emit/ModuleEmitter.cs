using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Gates;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Emits a module's functions as static methods of one collectible assembly.</summary>
/// <remarks>The runtime compiles each method at its first call, so what is never called costs little.</remarks>
internal sealed class ModuleEmitter
{
    private const string BodyPrefix = "body";
    private const string ProbePrefix = "probe";

    // A stack of that size only takes address space until it is used.
    private const int MaximumFrameBound = 1 << 30;

    // A type counts its methods in 16 bits, and each function has three at the most. Making a type takes time in
    // proportion to all methods of the module, so that many small types would make it quadratic.
    private const int MethodsPerType = 16_384;

    private const MethodAttributes StaticMethod = MethodAttributes.Public | MethodAttributes.Static;

    // A thousand parameters make a frame ten thousand characters long, and ten thousand calls can nest: no stack trace
    // that passes through a guest may show them. Backtraces do, within limits.
    private static readonly CustomAttributeBuilder s_hidden =
        new(typeof(StackTraceHiddenAttribute).GetConstructor([])!, []);

    private readonly ModuleBuilder _builder = DynamicCode.DefineModule("Plugins.Wasm.Guest");
    private readonly List<TypeBuilder> _types = [];
    private readonly ModuleOptions _options;
    private readonly ModuleScope _scope;
    private readonly MethodBuilder[] _methods;
    private readonly CompiledFunction[] _functions;
    private readonly List<Gate> _gates = [];
    private bool _changesTables;

    private ModuleEmitter(Module module, ModuleOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _methods = new MethodBuilder[module.Binary.Bodies.Length];
        _scope = new ModuleScope(module, _methods, options.Limits, cancellationToken);
        _functions = new CompiledFunction[_methods.Length];
    }

    private BinaryModule Binary => _scope.Binary;

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CompiledCode Emit(Module module, ModuleOptions options, CancellationToken cancellationToken) =>
        new ModuleEmitter(module, options, cancellationToken).Emit();

    private CompiledCode Emit()
    {
        DefineMethods();
        for (int i = 0; i < _methods.Length; i++)
        {
            _scope.CancellationToken.ThrowIfCancellationRequested();
            EmitFunction(i);
        }

        return Create();
    }

    private void DefineMethods()
    {
        for (int i = 0; i < _methods.Length; i++)
        {
            if (i % MethodsPerType == 0)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"Functions{_types.Count}");
                _types.Add(DynamicCode.DefineStaticClass(_builder, name));
                _types[^1].SetCustomAttribute(s_hidden);
            }

            _methods[i] = DefineMethod(i, CompiledCode.FunctionPrefix);
        }
    }

    private MethodBuilder DefineMethod(int body, string prefix)
    {
        int index = body + Binary.ImportedFunctionCount;
        FunctionType type = Binary.TypeOfFunction(index);
        _scope.Expansion.Take((long)type.Parameters.Length * sizeof(long), Binary.Bodies[body].Start);
        MethodBuilder method = _types[body / MethodsPerType].DefineMethod(
            NameOf(prefix, index),
            StaticMethod,
            Signature.ReturnTypeOf(type),
            Signature.ParametersOf(type, typeof(Instance)));

        // Inlining would make frames larger than measured and backtraces incomplete.
        method.SetImplementationFlags(MethodImplAttributes.IL | MethodImplAttributes.NoInlining);
        return method;
    }

    private void EmitFunction(int body)
    {
        int index = body + Binary.ImportedFunctionCount;
        FunctionScan scan = FunctionScan.Of(Binary, Binary.Bodies[body], _options.AssumesHugeFunctions);
        _changesTables |= scan.ChangesTables;
        FunctionType type = Binary.TypeOfFunction(index);
        FunctionBody code = Binary.Bodies[body];
        bool isSmall = FrameBound.IsSmall(type, code, scan);
        MethodBuilder method = isSmall ? _methods[body] : DefineMethod(body, BodyPrefix);
        method.InitLocals = scan.UsedLocals.Count > FrameEmitter.MaximumExplicitZeros;
        var il = new ILEmitter(method.GetILGenerator(code.End - code.Start));
        FunctionEmitter.Emit(_scope, index, scan, il, isMeasured: !isSmall);
        _scope.Expansion.Take(il.Bytes, code.Start);
        if (!isSmall)
        {
            EmitGate(body, method, FrameBound.Of(il, type));
        }

        string? reason = JitBudget.Judge(il, type.Parameters.Length, scan);
        if (reason is not null)
        {
            method.SetImplementationFlags(
                MethodImplAttributes.IL | MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization);
        }

        _functions[body] = new CompiledFunction(index, JitBudget.TierOf(reason), reason, il.Bytes);
    }

    private void EmitGate(int body, MethodBuilder method, long frameBound)
    {
        int index = body + Binary.ImportedFunctionCount;
        FunctionType type = Binary.TypeOfFunction(index);
        MethodBuilder probe = _types[body / MethodsPerType].DefineMethod(
            NameOf(ProbePrefix, index), StaticMethod, typeof(void), []);
        ProbeEmitter.Emit(probe, method, type);
        GateEmitter.Emit(_methods[body], method, type, _gates.Count);
        _gates.Add(new Gate(index, method, probe, (int)Math.Min(frameBound, MaximumFrameBound)));
    }

    private CompiledCode Create()
    {
        Type? created = null;
        foreach (TypeBuilder type in _types)
        {
            _scope.CancellationToken.ThrowIfCancellationRequested();
            created = type.CreateType();
        }

        // The module of a type that was made: the builder would keep what it was made from.
        int[] tokens = Array.ConvertAll(_methods, method => method.MetadataToken);
        LargeFunction[] gates = [.. _gates.Select(gate => new LargeFunction(
            gate.Function, gate.Body.MetadataToken, gate.Probe.MetadataToken, gate.FrameBound))];
        return new CompiledCode(created?.Module ?? _builder, tokens, _functions, gates, _changesTables);
    }

    private static string NameOf(string prefix, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}");

    /// <param name="Function">The index of the function behind it.</param>
    /// <param name="Body">That function's code.</param>
    /// <param name="Probe">What enters it to measure it.</param>
    /// <param name="FrameBound">More than its frame.</param>
    private readonly record struct Gate(int Function, MethodBuilder Body, MethodBuilder Probe, int FrameBound);
}
