using Plugins.Host.Engines;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Finds the shape of a delegate and its type in WebAssembly.</summary>
internal static class HostShapes
{
    private static readonly FunctionType[] s_types =
    [
        Type(parameters: 0, results: 1), Type(parameters: 2, results: 1),
        Type(parameters: 2, results: 0), Type(parameters: 3, results: 0),
    ];

    internal static HostShape Of(Delegate function) => function switch
    {
        Func<int> => HostShape.Get,
        Func<int, int, int> => HostShape.Answer,
        Action<int, int> => HostShape.Take,
        Action<int, int, int> => HostShape.TakeThree,
        _ => throw new ArgumentException(
            $"Functions of type {function?.GetType()} are not supported.", nameof(function)),
    };

    internal static FunctionType TypeOf(HostShape shape) => s_types[(int)shape];

    internal static bool TryFind(ExternType type, out HostShape shape)
    {
        var index = Array.FindIndex(s_types, candidate => candidate.Equals(type));
        shape = (HostShape)index;
        return index >= 0;
    }

    /// <summary>The shape of an import that a host can supply, or null.</summary>
    internal static HostShape? Find(ExternType type) =>
        TryFind(type, out var shape) ? shape
        : type is FunctionType function && HostImport.IsOverNumbers(function) ? HostShape.Numbers
        : null;

    /// <summary>The delegate that the callback of an import's shape calls.</summary>
    internal static Delegate Adapt(Delegate function, FunctionType type)
    {
        if (function is not HostNumberFunction target)
        {
            return function;
        }

        var typed = new NumberImport(target, type);
        return Find(type) switch
        {
            HostShape.Get => new Func<int>(typed.Get),
            HostShape.Answer => new Func<int, int, int>(typed.Answer),
            HostShape.Take => new Action<int, int>(typed.Take),
            HostShape.TakeThree => new Action<int, int, int>(typed.TakeThree),
            _ => new HostNumberFunction(typed.Call),
        };
    }

    private static FunctionType Type(int parameters, int results) => new(
        [.. Enumerable.Repeat(ValueKind.I32, parameters)], [.. Enumerable.Repeat(ValueKind.I32, results)]);
}
