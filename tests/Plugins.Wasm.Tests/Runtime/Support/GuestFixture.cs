namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Tests whose guests are run in the fixture's mode, which is the last argument of its constructor.</summary>
internal abstract class GuestFixture(GuestMode mode)
{
    protected GuestMode Mode => mode;

    [SetUp]
    public void EnterMode() => Guest.Mode = mode;

    [TearDown]
    public void LeaveMode() => Guest.Mode = GuestMode.Compiled;
}
