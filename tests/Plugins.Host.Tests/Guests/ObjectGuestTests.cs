using System.Text;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Guests;

/// <summary>Plugins with garbage-collected objects.</summary>
internal sealed class ObjectGuestTests
{
    private const string Abi =
        """
        (import "plugins:abi/v1" "output_write" (func $write (param i32 i32)))
        (memory (export "memory") 1)
        (type $counter (struct (field $count (mut i32))))
        (type $list (struct (field (ref null $list))))
        """;

    private static readonly TestedEngine Embedded = TestedEngines.Available[0];

    [TestCase("(global $c (ref $counter) (struct.new $counter (i32.const 65)))", "global.get $c")]
    [TestCase(
        "(table $t (ref null $counter) (elem (item (struct.new $counter (i32.const 65)))))",
        "ref.as_non_null (table.get $t (i32.const 0))")]
    public void Object_OfTheInitialState_IsNotSharedByCalls(string state, string get)
    {
        using var rig = Create(
            $"""
            {state}
            (func (export "run") (result i32)
              (struct.set $counter $count ({get}) (i32.add (struct.get $counter $count ({get})) (i32.const 1)))
              (i32.store8 (i32.const 0) (struct.get $counter $count ({get})))
              (call $write (i32.const 0) (i32.const 1))
              (i32.const 0))
            """);
        var plugin = rig.Load();

        for (int call = 0; call < 3; call++)
        {
            Assert.That(plugin.Call("run", []).Output.ToArray(), Is.EqualTo("B"u8.ToArray()));
        }
    }

    [Test]
    public void Objects_ThatAreKept_StopAtTheMemoryLimit()
    {
        using var rig = Create(
            """
            (global $list (mut (ref null $list)) (ref.null $list))
            (func (export "run") (result i32)
              (loop $again (global.set $list (struct.new $list (global.get $list))) (br $again))
              (i32.const 0))
            """).Limits(limits => limits with { MemoryPages = 16 });
        var plugin = rig.Load();

        for (int call = 0; call < 3; call++)
        {
            Assert.That(
                () => plugin.Call("run", []),
                Throws.TypeOf<PluginTrapException>()
                    .With.Property(nameof(PluginTrapException.Trap)).EqualTo(TrapCode.HeapExhausted));
        }
    }

    private static Rig Create(string text)
    {
        byte[] module = TextFormat.ToBinary(Encoding.UTF8.GetBytes($"(module {Abi} {text})"));
        return new Rig(module, Embedded).Lists("run");
    }
}
