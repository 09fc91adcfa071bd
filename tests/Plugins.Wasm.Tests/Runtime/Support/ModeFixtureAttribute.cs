using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>A fixture of these arguments for every mode.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ModeFixtureAttribute(params object[] arguments) : NUnitAttribute, IFixtureBuilder2
{
    /// <summary>Which modes; fewer where the tests take long.</summary>
    public ModeSet Modes { get; init; }

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => BuildFrom(typeInfo, new EveryTest());

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter)
    {
        var builder = new NUnitTestFixtureBuilder();
        foreach (GuestMode mode in GuestMode.Of(Modes))
        {
            yield return builder.BuildFrom(typeInfo, filter, new TestFixtureParameters([.. arguments, mode]));
        }
    }

    private sealed class EveryTest : IPreFilter
    {
        public bool IsMatch(Type type) => true;

        public bool IsMatch(Type type, System.Reflection.MethodInfo method) => true;
    }
}
