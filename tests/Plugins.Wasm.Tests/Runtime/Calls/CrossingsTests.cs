using System.Linq.Expressions;
using Plugins.Wasm.Runtime.Calls;

namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>The tables of crossings hold what they are asked for.</summary>
internal sealed class CrossingsTests
{
    private static readonly Type[] s_numbers = [typeof(int), typeof(long), typeof(double), typeof(float)];

    private static readonly Type[] s_all =
        [.. s_numbers, typeof(object), typeof(Function), typeof(uint), typeof(ulong)];

    private static readonly Type[] s_pairs = [.. s_numbers, typeof(object)];

    [Test]
    public void Find_OfAnySignature_GivesItsCrossing()
    {
        Type[][] signatures =
        [
            [], .. s_all.Select(type => new[] { type }), .. Pairs(s_all), [typeof(int), typeof(int), typeof(int)],
            [typeof(uint), typeof(int), typeof(float)], [typeof(int), typeof(int), typeof(int), typeof(int)],
            [typeof(int), typeof(long), typeof(object), typeof(Function)],
        ];

        Expect(signatures, (parameters, result) => Crossings.Find(parameters, result));
    }

    [Test]
    public void Find_WhereNothingCanBeCompiled_GivesTheCrossingsOfOrdinarySignatures()
    {
        Type[][] signatures =
        [
            [], .. s_all.Select(type => new[] { type }), .. Pairs(s_pairs), [typeof(int), typeof(int), typeof(int)],
            [typeof(int), typeof(int), typeof(int), typeof(int)],
        ];

        Expect(signatures, (parameters, result) => NativeCrossings.Find(parameters, result));
    }

    [Test]
    public void Find_WhereNothingCanBeCompiled_HasNoneOfOtherSignatures()
    {
        Assert.That(NativeCrossings.Find([typeof(int), typeof(int), typeof(long)], typeof(void)), Is.Null);
        Assert.That(NativeCrossings.Find([typeof(uint), typeof(int)], typeof(void)), Is.Null);
    }

    [Test]
    public void Find_OfFiveParameters_HasNone() => Assert.That(
        Crossings.Find([typeof(int), typeof(int), typeof(int), typeof(int), typeof(int)], typeof(void)), Is.Null);

    private static void Expect(Type[][] signatures, Func<Type[], Type, Crossing?> find)
    {
        foreach (Type result in s_all.Append(typeof(void)))
        {
            foreach (Type[] parameters in signatures)
            {
                Crossing? crossing = find(parameters, result);
                Assert.That(crossing?.DelegateType, Is.EqualTo(Expression.GetDelegateType([.. parameters, result])));
                Assert.That(
                    crossing?.ImporterDelegateType,
                    Is.EqualTo(Expression.GetDelegateType([typeof(Instance), .. parameters, result])));
            }
        }
    }

    private static IEnumerable<Type[]> Pairs(Type[] types) =>
        from first in types from second in types select new[] { first, second };
}
