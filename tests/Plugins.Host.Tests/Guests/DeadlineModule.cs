using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

/// <summary>A module with a function for each thing that may not end, and one that tells what it finds.</summary>
internal static class DeadlineModule
{
    private const int Pages = 16;
    private const int MemoryBytes = Pages * 65_536;
    private const int Found = 64;
    private const int Request = 1_024;
    private const int RequestBytes = 4_096;

    internal static readonly string[] Functions =
        ["spin", "fill", "ask", "await", "read", "write", "variable", "send", "look"];

    /// <summary>Capabilities that it imports.</summary>
    internal static readonly string[] Capabilities = ["test.ask", "test.await", "variables.read", "http.send"];

    // In the order of the imports.
    private enum Import : uint
    {
        InputRead,
        OutputWrite,
        ResultLength,
        Ask,
        Await,
        ReadVariable,
        Send,
    }

    /// <param name="initializes">True for an <c>_initialize</c> that asks, awaits, and spins if it is told to.</param>
    internal static byte[] Build(bool initializes)
    {
        var module = new ModuleBuilder()
            .ImportFunction("plugins:abi/v1", "input_read", [I32, I32], [I32])
            .ImportFunction("plugins:abi/v1", "output_write", [I32, I32], [])
            .ImportFunction("plugins:abi/v1", "result_length", [], [I32]);
        foreach (var capability in Capabilities)
        {
            module.ImportFunction("plugins:host/v1", capability, [I32, I32], [I32]);
        }

        module.Memory(Pages, export: "memory");
        if (initializes)
        {
            module.Function([], [], Initialize, export: "_initialize");
        }

        Add(module, "spin", code => Ask(code, Import.Ask).Loop().Br(0).End());
        Add(module, "fill", code => Ask(code, Import.Ask)
            .Loop().I32Const(0).I32Const(1).I32Const(MemoryBytes).Op(Opcode.MemoryFill, 0).Br(0).End());
        Add(module, "ask", code => Ask(code, Import.Ask));
        Add(module, "await", code => Ask(code, Import.Await));
        Add(module, "read", code => ReadInput(code).Drop());
        Add(module, "write", code => code.I32Const(0).I32Const(RequestBytes).Call((uint)Import.OutputWrite));
        Add(module, "variable", code => Ask(code, Import.ReadVariable));
        Add(module, "send", code => ReadInput(code.I32Const(Request)).Call((uint)Import.Send).Drop());
        return module.Function([], [I32], Look, export: "look").Build();
    }

    // Each leaves traces first, in its memory and its output.
    private static void Add(ModuleBuilder module, string name, Action<CodeBuilder> code) => module.Function(
        [],
        [I32],
        function =>
        {
            function.I32Const(0).I32Const(0x5555).Access(Opcode.I32Store)
                .I32Const(0).I32Const(4).Call((uint)Import.OutputWrite);
            code(function);
            function.I32Const(0);
        },
        export: name);

    private static void Initialize(CodeBuilder code)
    {
        Ask(code, Import.Await);
        code.I32Const(0).I32Const(0).Call((uint)Import.Ask).If().Loop().Br(0).End().End();
    }

    private static CodeBuilder Ask(CodeBuilder code, Import import) =>
        code.I32Const(0).I32Const(1).Call((uint)import).Drop();

    private static CodeBuilder ReadInput(CodeBuilder code) =>
        code.I32Const(Request).I32Const(RequestBytes).Call((uint)Import.InputRead);

    // The word that others change, the first byte of input, and the length of the last result.
    private static void Look(CodeBuilder code) => code
        .I32Const(Found).I32Const(0).Access(Opcode.I32Load).Access(Opcode.I32Store)
        .I32Const(Found + 4).I32Const(Found + 4).I32Const(4).Call((uint)Import.InputRead).Access(Opcode.I32Store)
        .I32Const(Found + 8).Call((uint)Import.ResultLength).Access(Opcode.I32Store)
        .I32Const(Found).I32Const(12).Call((uint)Import.OutputWrite)
        .I32Const(0);
}
