using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plugins.Host.Tests.Errors;

/// <summary>Values of any type, with hostile text wherever text may be, for constructors nobody listed.</summary>
internal static class HostileValues
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    internal static string Text { get; } = string.Concat(Enumerable.Repeat(
        "\r\nfail: \u001b[2J\u009b\u202e\u2066\u200e\u200f\u061c\u2028\u2029\u200b\ufeff\ud800 é😀", 50_000));

    /// <summary>All that do not copy: those of exceptions do not.</summary>
    internal static ConstructorInfo[] ConstructorsOf(Type type) => [.. type.GetConstructors(Instance)
        .Where(constructor => !constructor.IsPrivate)];

    internal static Exception Make(ConstructorInfo constructor) =>
        (Exception)constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => ValueOf(parameter.ParameterType))]);

    internal static Exception Throw(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private static object? ValueOf(Type type)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Text,
            _ when type == typeof(Type) => typeof(HostileValues),
            _ when type == typeof(Exception) => Cause(),
            _ when type == typeof(Manifest.PluginId) => Manifest.PluginId.Parse("acme/test"),
            _ when type == typeof(Manifest.Sha256Digest) => Manifest.Sha256Digest.Compute([]),
            _ when type.IsAssignableTo(typeof(Wasm.Types.ExternType)) => new Wasm.Types.FunctionType([], []),
            _ when type.IsAssignableTo(typeof(Exception)) => Make(ConstructorsOf(type)[0]),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(1),
            _ when type.IsPrimitive => Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture),
            _ when ItemOf(type) is { } item => ListOf(type, item),
            _ when type.IsAbstract => ValueOf(
                type.Assembly.GetTypes().First(other => other.IsAssignableTo(type) && !other.IsAbstract)),
            _ => Fill(RuntimeHelpers.GetUninitializedObject(type)),
        };
    }

    private static Exception Cause()
    {
        var exception = Throw(new FormatException(Text));
        for (var depth = 0; depth < 20; depth++)
        {
            exception = Throw(new InvalidOperationException(Text, exception));
        }

        return exception;
    }

    private static Type? ItemOf(Type type)
    {
        var isList = type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable));
        return type.IsArray ? type.GetElementType()
            : isList && type.GetGenericArguments() is [var item] ? item : null;
    }

    private static object ListOf(Type type, Type item)
    {
        var array = Array.CreateInstance(item, 3);
        for (var index = 0; index < array.Length; index++)
        {
            array.SetValue(ValueOf(item), index);
        }

        return type.IsAssignableFrom(array.GetType()) ? array : typeof(ImmutableArray)
            .GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [array])!;
    }

    private static object Fill(object value)
    {
        foreach (var field in value.GetType().GetFields(Instance))
        {
            field.SetValue(value, ValueOf(field.FieldType));
        }

        return value;
    }
}
