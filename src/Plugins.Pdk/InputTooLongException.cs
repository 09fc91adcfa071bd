namespace Plugins.Pdk;

/// <summary>The input has more bytes than the plugin takes.</summary>
public sealed class InputTooLongException : PluginFailureException
{
    internal InputTooLongException(int capacity)
        : base($"the input is longer than {capacity} bytes") => Capacity = capacity;

    /// <summary>How many bytes the plugin takes.</summary>
    public int Capacity { get; }
}
