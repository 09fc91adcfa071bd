namespace Plugins.Host.Tests.Support;

/// <summary>A plain payload whose reading does what a test says.</summary>
public sealed class SlowParcel
{
    [field: ThreadStatic]
    internal static Action? OnRead { get; set; }

    public int Number
    {
        get;
        set
        {
            field = value;
            OnRead?.Invoke();
        }
    }
}
