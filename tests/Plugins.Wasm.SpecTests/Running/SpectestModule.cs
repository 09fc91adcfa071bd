using Plugins.Wasm.Types;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>The host module <c>spectest</c> that the suite's modules import from, one per store.</summary>
internal sealed class SpectestModule(Store store)
{
    private readonly LinearMemory _memory = new(store, new MemoryType(new Limits(1, 2)));
    private readonly Table _table = new(store, new TableType(ValueKind.FuncRef, new Limits(10, 20)), null);

    private readonly Table _table64 =
        new(store, new TableType(ValueKind.FuncRef, new Limits(10, 20), ValueKind.I64), null);

    public void AddTo(Imports imports) => imports
        .Add("spectest", "print", () => { })
        .Add("spectest", "print_i32", (int _) => { })
        .Add("spectest", "print_i64", (long _) => { })
        .Add("spectest", "print_f32", (float _) => { })
        .Add("spectest", "print_f64", (double _) => { })
        .Add("spectest", "print_i32_f32", (int _, float _) => { })
        .Add("spectest", "print_f64_f64", (double _, double _) => { })
        .Add("spectest", "global_i32", Constant(Value.FromInt32(666)))
        .Add("spectest", "global_i64", Constant(Value.FromInt64(666)))
        .Add("spectest", "global_f32", Constant(Value.FromSingle(666.6f)))
        .Add("spectest", "global_f64", Constant(Value.FromDouble(666.6)))
        .Add("spectest", "memory", _memory)
        .Add("spectest", "table", _table)
        .Add("spectest", "table64", _table64);

    private Global Constant(Value value) => new(store, new GlobalType(value.Kind, isMutable: false), value);
}
