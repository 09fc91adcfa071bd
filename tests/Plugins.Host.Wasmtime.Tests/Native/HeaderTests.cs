using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Instances;
using Plugins.Host.Wasmtime.Native;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Native;

/// <summary>What the product declares of the C API, against the headers, as a C compiler understands them.</summary>
/// <remarks>Of the oldest version that is supported; the package has no headers.</remarks>
internal sealed class HeaderTests
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly Type[] s_callers =
    [
        typeof(ConfigFunctions), typeof(PoolFunctions), typeof(EngineFunctions), typeof(LinkFunctions),
        typeof(StoreFunctions), typeof(TrapFunctions),
    ];

    private static CHeaders Headers => CHeaders.For(WasmtimeLibraries.LongTerm);

    [TestCaseSource(typeof(NativeStructure), nameof(NativeStructure.All))]
    public void Structure_OfTheProduct_HasSizeAndOffsetsOfItsCounterparts(NativeStructure structure)
    {
        var (size, offsets) = structure.Measure();
        foreach (var name in structure.Names)
        {
            var inC = Headers.Evaluate(
                [$"sizeof({name})", .. structure.Fields.Select(field => $"offsetof({name}, {field.InC})")]);
            Assert.That(inC, Is.EqualTo(offsets.Prepend(size)), name);
        }

        Assert.That(
            Headers.Evaluate(structure.Fields.Select(field => $"sizeof((({structure.Names[0]} *)0)->{field.InC})")),
            Is.EqualTo(structure.Fields.Select(field => structure.MeasureField(field.Name))));
    }

    [Test]
    public void Constant_OfTheProduct_HasTheValueInC()
    {
        var codes = Enum.GetValues<NativeTrapCode>()
            .Where(code => code is not NativeTrapCode.Unknown)
            .Select(code => ($"WASMTIME_TRAP_CODE_{SnakeCase(code.ToString())}", (long)code));
        (string Name, long Value)[] constants =
        [
            ("WASMTIME_EXTERN_FUNC", ExternItem.FunctionKind),
            ("WASMTIME_EXTERN_MEMORY", ExternItem.MemoryKind),
            ("WASM_I32", Linking.NativeInt32),
            .. codes,
        ];
        Assert.That(
            Headers.Evaluate(constants.Select(constant => constant.Name)),
            Is.EqualTo(constants.Select(constant => constant.Value)));
    }

    [TestCaseSource(nameof(s_callers))]
    public void Function_OfTheProduct_HasThePrototypeInC(Type functions)
    {
        var names = new List<string>();
        object?[] arguments = [new SymbolTable(name => Number(names, name))];
        var api = Activator.CreateInstance(functions, AnyField, binder: null, arguments, culture: null);
        var pointers = functions.GetFields(AnyField).Where(field => field.FieldType.IsFunctionPointer).ToArray();
        names.RemoveAll(IsProposal);
        Assert.That(pointers, Has.Length.EqualTo(names.Count).And.Not.Empty);
        foreach (var pointer in pointers)
        {
            var name = names[(int)(nint)pointer.GetValue(api)! - 1];
            var type = pointer.GetModifiedFieldType();
            Compare(
                name,
                CPrototype.OfFunction(Headers.Text, name),
                type.GetFunctionPointerReturnType(),
                type.GetFunctionPointerParameterTypes());
        }
    }

    [Test]
    public void Switch_OfEveryProposal_HasOnePrototypeInC()
    {
        foreach (var proposal in Proposals.Switched.Where(proposal => !proposal.IsNewer))
        {
            Compare(
                proposal.Setting,
                CPrototype.OfFunction(Headers.Text, SwitchOf(proposal)),
                typeof(void),
                [typeof(nint), typeof(byte)]);
        }
    }

    [Test]
    public void Callback_OfTheProduct_HasThePrototypeInC()
    {
        var callbacks = typeof(WasmtimeEngine).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(AnyStatic))
            .Where(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>() is not null)
            .ToArray();
        Assert.That(callbacks, Has.Length.EqualTo(6));
        foreach (var callback in callbacks)
        {
            // The one is a parameter of the function that takes it, the other has a type of its own.
            var name = callback.DeclaringType == typeof(HostCallbacks) ? "wasmtime_func_unchecked_callback_t" : "func";
            Compare(
                callback.Name,
                CPrototype.OfPointer(Headers.Text, name),
                callback.ReturnType,
                [.. callback.GetParameters().Select(parameter => parameter.ParameterType)]);
        }
    }

    private static bool IsProposal(string name) => Proposals.Switched.Any(proposal => name == SwitchOf(proposal));

    private static string SwitchOf(Proposal proposal) => $"wasmtime_config_{proposal.Setting}_set";

    private static nint Number(List<string> names, string name)
    {
        names.Add(name);
        return names.Count;
    }

    private static void Compare(string name, CPrototype? inC, Type result, Type[] parameters)
    {
        Assert.That(inC, Is.Not.Null, $"The headers declare no {name}.");
        Assert.That(Describe(result), Is.EqualTo(Expect(inC!.Result)), name);
        Assert.That(parameters.Select(Describe), Is.EqualTo(inC.Parameters.Select(Expect)), name);
    }

    /// <summary>What the product has to say for a type in C.</summary>
    private static string Expect(string type)
    {
        if (NativeStructure.All.FirstOrDefault(known => known.Names.Any(name => type == $"{name}*")) is { } structure)
        {
            return $"{structure.Type.Name}*";
        }

        var isComplete = type[^1] == '*' && Headers.IsComplete(type[..^1]);
        return (type, isComplete) switch
        {
            (_, true) => throw new AssertionException($"{type} has a layout, and no counterpart in the product."),
            ("void", _) => "Void",
            ("_Bool" or "bool" or "uint8_t" or "wasm_valkind_t", _) => "Byte",
            ("uint32_t", _) => "UInt32",
            ("int64_t", _) => "Int64",
            ("uint64_t", _) => "UInt64",
            ("size_t", _) => "UIntPtr",
            ("char*" or "uint8_t*" or "wasmtime_trap_code_t*" or "wasmtime_update_deadline_kind_t*", _) => "Byte*",
            ("uint64_t*", _) => "UInt64*",
            _ when type.EndsWith("**", StringComparison.Ordinal) => "IntPtr*",
            _ when type[^1] == '*' || type == "wasmtime_func_unchecked_callback_t" => "IntPtr",
            _ => throw new AssertionException($"What is {type} in C#?"),
        };
    }

    private static string Describe(Type type) => type.UnderlyingSystemType.Name;

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "_" : "").Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
