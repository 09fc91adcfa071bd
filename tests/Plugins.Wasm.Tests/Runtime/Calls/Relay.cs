using System.Reflection;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>Host functions, reached on every way.</summary>
internal static class Relay
{
    /// <summary>A function that does what the delegate does.</summary>
    public static Function To(Delegate target, Way way, Store store) => To(new HostFunction(target), way, store);

    /// <summary>A function that does what the definition says.</summary>
    public static Function To(HostFunction definition, Way way, Store store)
    {
        Function function = definition.Bind(store, importer: null);
        if (way is Way.Code or Way.CompiledGuest)
        {
            function.Identity.PrepareForCode(passesFuel: false);
            _ = definition.MayHaveCode ? definition.MakeCode() : null;
            Function.Prepare(function);
        }

        return way is Way.Slots or Way.Code ? function : ThroughGuest(function, way, store);
    }

    /// <summary>A guest's function that calls another.</summary>
    public static Function ThroughGuest(Function function, Way way, Store store)
    {
        var mode = way == Way.InterpretedGuest ? ExecutionMode.Interpreted : ExecutionMode.Compiled;
        Module module = Module.Compile(Guest(function.Type).Build(), new ModuleOptions { Mode = mode });
        return new Instance(store, module, new Imports().Add("host", "f", function)).GetFunction("run");
    }

    /// <summary>A module whose <c>run</c> passes everything on to its import.</summary>
    public static ModuleBuilder Guest(FunctionType type)
    {
        ValueKind[] parameters = [.. type.Parameters];
        ValueKind[] results = [.. type.Results];
        return new ModuleBuilder()
            .ImportFunction("host", "f", parameters, results)
            .Function(parameters, results, export: "run", code: code =>
            {
                for (uint i = 0; i < parameters.Length; i++)
                {
                    code.LocalGet(i);
                }

                code.Call(0);
            });
    }

    /// <summary>A delegate of a type known only at run time.</summary>
    public static Delegate Delegate(this Function function, Type type) => (Delegate)typeof(Function)
        .GetMethod(nameof(Function.CreateDelegate))!
        .MakeGenericMethod(type)
        .Invoke(function, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    public static Value Value(object? value) => value switch
    {
        int number => Wasm.Value.FromInt32(number),
        uint number => Wasm.Value.FromInt32((int)number),
        long number => Wasm.Value.FromInt64(number),
        ulong number => Wasm.Value.FromInt64((long)number),
        float number => Wasm.Value.FromSingle(number),
        double number => Wasm.Value.FromDouble(number),
        Function function => Wasm.Value.FromReference(ValueKind.FuncRef, function),
        _ => Wasm.Value.FromReference(ValueKind.ExternRef, value),
    };
}
