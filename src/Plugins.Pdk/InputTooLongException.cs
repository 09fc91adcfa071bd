namespace Plugins.Pdk;

/// <summary>The input is longer than the plugin accepts.</summary>
public sealed class InputTooLongException : PluginFailureException
{
    internal InputTooLongException(int capacity)
        : base($"the input is longer than {capacity} bytes") => Capacity = capacity;

    /// <summary>The number of bytes that the plugin accepts.</summary>
    public int Capacity { get; }
}
