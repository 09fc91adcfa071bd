namespace Plugins.Testing.InProcess;

/// <summary>Whether somebody wants the guest to stop; C# code is asked only where it calls the host.</summary>
internal sealed class InterruptFlag
{
    private volatile bool _isRaised;

    internal void Raise() => _isRaised = true;

    internal void Clear() => _isRaised = false;

    internal void Check()
    {
        if (_isRaised)
        {
            throw new InProcessInterruptException();
        }
    }
}
