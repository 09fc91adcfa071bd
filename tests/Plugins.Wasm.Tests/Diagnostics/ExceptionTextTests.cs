using System.Collections.Immutable;
using System.Reflection;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Diagnostics;

/// <summary>No module, however hostile, makes an exception long, or hides anything in one.</summary>
internal sealed class ExceptionTextTests
{
    private const int MaximumLength = 10_000;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string s_hostile =
        string.Concat(Enumerable.Repeat("\u001b[2J\r\n\u202e\u2028\0\ud800x", 130_000));

    private static readonly FunctionType s_wide = new(
        [.. Enumerable.Repeat(I64, 1_000)], [.. Enumerable.Repeat(F64, 1_000)]);

    private static IEnumerable<ConstructorInfo> Constructors() => typeof(WasmException).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(WasmException)))
        .SelectMany(type => type.GetConstructors(Instances))
        .Where(constructor => !constructor.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike));

    [TestCaseSource(nameof(Constructors))]
    public void Exception_OfAnyType_MadeOfHostileData_IsShortAndVisible(ConstructorInfo constructor)
    {
        var exception = (WasmException)Make(constructor);

        Assert.That(exception.Message, Has.Length.InRange(1, 2_001));
        Assert.That(exception.Message, Has.None.Matches<char>(c => char.IsControl(c) || c is '\u202e' or '\u2028'));
        Assert.That(exception.ToString(), Has.Length.LessThan(MaximumLength));
    }

    [Test]
    public void LinkException_OfLongNames_ShowsBoth()
    {
        Imports imports = new();
        Module module = new ModuleBuilder()
            .ImportFunction(new string('m', 50_000), new string('n', 50_000), [], []).Compile();

        var exception = Assert.Throws<LinkException>(() => _ = new Instance(new Store(), module, imports))!;

        Assert.That(exception.Message, Does.Contain("'mmm").And.Contain("'nnn").And.Length.LessThan(1_000));
        Assert.That(exception.Import.Name, Has.Length.EqualTo(50_000));
    }

    [Test]
    public void Trap_InADeepRecursionOfWideFunctions_IsShort()
    {
        Instance instance = Recursion(code => code.Op(Opcode.Unreachable), () => { });

        TrapException trap = StackThread.Run(StackThread.Huge, () => Guest.ExpectTrap(() => instance.Run()));

        Assert.That(trap.ToString(), Has.Length.LessThan(MaximumLength).And.Contain("unreachable"));
        Assert.That(trap.ToString(), Does.Contain("recursion < recursion"));
        Assert.That(trap.StackTrace, Does.Not.Contain("Functions0"));
    }

    [Test]
    public void Exception_OfTheHost_ThroughADeepRecursionOfWideFunctions_HasAShortStackTrace()
    {
        Instance instance = Recursion(code => code.Call(0), () => throw new TimeoutException());

        var exception = StackThread.Run(
            StackThread.Huge, () => Assert.Throws<TimeoutException>(() => instance.Run()))!;

        Assert.That(exception.StackTrace, Has.Length.LessThan(MaximumLength));
    }

    [Test]
    public void Trap_BetweenManyCallsOfHostAndGuest_IsShort()
    {
        Instance? instance = null;
        Action again = () => instance!.Run();
        instance = new ModuleBuilder()
            .ImportFunction("host", "again", [], [])
            .Function([], [], code => code.Call(0).Op(Opcode.Nop), export: "run")
            .Instantiate(imports: new Imports().Add("host", "again", again));

        TrapException trap = StackThread.Run(StackThread.Huge, () => Guest.ExpectTrap(() => instance.Run()));

        Assert.That(trap.StackTrace, Has.Length.LessThan(MaximumLength));
        Assert.That(trap.ToString(), Has.Length.LessThan(MaximumLength));
    }

    // Functions: 0 imported, 1 the recursion with 200 parameters, 2 what ends it.
    private static Instance Recursion(Action<CodeBuilder> end, Action fail)
    {
        ValueKind[] parameters = [.. Enumerable.Repeat(I32, 200)];
        return new ModuleBuilder()
            .ImportFunction("host", "fail", [], [])
            .Function(parameters, [], export: "recursion", code: code =>
            {
                code.LocalGet(0).If().LocalGet(0).I32Const(1).Op(Opcode.I32Sub);
                for (uint i = 1; i < parameters.Length; i++)
                {
                    code.LocalGet(i);
                }

                code.Call(1).Else().Call(2).End();
            })
            .Function([], [], end)
            .Function([], [], export: "run", code: code =>
                code.I32Const(300).Repeat(parameters.Length - 1, c => c.I32Const(0)).Call(1))
            .Instantiate(imports: new Imports().Add("host", "fail", fail));
    }

    private static object Make(ConstructorInfo constructor) =>
        constructor.Invoke(Array.ConvertAll(constructor.GetParameters(), Hostile));

    private static object Hostile(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => s_hostile,
        var type when type == typeof(int) || type == typeof(int?) => int.MaxValue,
        var type when type == typeof(long) => long.MinValue,
        var type when type.IsEnum => Enum.GetValues(type).GetValue(0)!,
        var type when type == typeof(ImportType) => new ImportType(s_hostile, s_hostile, s_wide),
        var type when type == typeof(ExternType) => s_wide,
        var type when type == typeof(ExceptionInstance) => new ExceptionInstance(
            new Tag(new Store(), new TagType(new FunctionType(s_wide.Parameters, [])))),
        var type => Make(type.GetConstructors(Instances).MaxBy(constructor => constructor.GetParameters().Length)!),
    };
}
