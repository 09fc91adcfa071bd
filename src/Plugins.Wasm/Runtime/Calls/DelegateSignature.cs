using System.Reflection;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The types that a delegate type takes and returns.</summary>
/// <param name="Parameters">All parameters.</param>
/// <param name="Result">The result, or void.</param>
internal sealed record DelegateSignature(Type[] Parameters, Type Result)
{
    private static readonly Type[] s_funcs =
    [
        typeof(Func<>), typeof(Func<,>), typeof(Func<,,>), typeof(Func<,,,>), typeof(Func<,,,,>), typeof(Func<,,,,,>),
    ];

    private static readonly Type[] s_actions =
        [typeof(Action<>), typeof(Action<,>), typeof(Action<,,>), typeof(Action<,,,>), typeof(Action<,,,,>)];

    /// <summary>The signature of an ordinary type by its name; null for other types.</summary>
    /// <remarks>To look at the method of the first delegate type of a process takes a millisecond.</remarks>
    internal static DelegateSignature? OfOrdinary(Type delegateType)
    {
        if (!delegateType.IsConstructedGenericType)
        {
            return delegateType == typeof(Action) ? new DelegateSignature([], typeof(void)) : null;
        }

        Type open = delegateType.GetGenericTypeDefinition();
        Type[] arguments = delegateType.GetGenericArguments();
        return Array.IndexOf(s_funcs, open) >= 0 ? new DelegateSignature(arguments[..^1], arguments[^1])
            : Array.IndexOf(s_actions, open) >= 0 ? new DelegateSignature(arguments, typeof(void))
            : null;
    }

    internal static DelegateSignature Of(MethodInfo invoke)
    {
        ParameterInfo[] parameters = invoke.GetParameters();
        var types = new Type[parameters.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = parameters[i].ParameterType;
        }

        return new DelegateSignature(types, invoke.ReturnType);
    }
}
