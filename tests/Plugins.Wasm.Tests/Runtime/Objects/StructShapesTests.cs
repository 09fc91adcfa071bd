using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Objects;

namespace Plugins.Wasm.Tests.Runtime.Objects;

public sealed class StructShapesTests
{
    // The interpreter goes by this.
    [Test]
    public void Slots_OfEveryShape_FollowOneAnother()
    {
        for (int shape = 0; shape < StructShapes.Types.Length; shape++)
        {
            GuestStruct made = StructShapes.Make(shape);
            Assert.That(made.GetType(), Is.EqualTo(StructShapes.Types[shape]));
            int slot = 0;
            foreach (FieldInfo field in Slots(made.GetType()))
            {
                if (field.FieldType == typeof(long))
                {
                    made.Number(new SlotPlace(slot, IsInline: true)) = slot + 1;
                    Assert.That(field.GetValue(made), Is.EqualTo((long)slot + 1));
                }
                else
                {
                    object value = new();
                    made.Reference(new SlotPlace(slot, IsInline: true)) = value;
                    Assert.That(field.GetValue(made), Is.SameAs(value));
                }

                slot++;
            }

            Assert.That(RuntimeHelpers.GetHashCode(made), Is.Not.Zero);
        }
    }

    // From the root on.
    private static Stack<FieldInfo> Slots(Type type)
    {
        var fields = new Stack<FieldInfo>();
        for (Type at = type; at != typeof(GuestStruct); at = at.BaseType!)
        {
            foreach (FieldInfo field in at.GetFields(
                BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields.Push(field);
            }
        }

        return fields;
    }
}
