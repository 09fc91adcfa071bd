using Plugins.Pdk.Wire;

namespace Plugins.Pdk.Runtime;

/// <summary>Runs plugin functions on behalf of generated code.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class PluginEntry
{
    /// <summary>Runs a function and returns 0, or the code of its failure.</summary>
    /// <remarks>An exception that the runtime ends the guest with is not caught.</remarks>
    /// <exception cref="NoPluginRuntimeException">This is not WebAssembly, and no runtime was entered.</exception>
    public static int Run(Action function)
    {
        ArgumentNullException.ThrowIfNull(function);
        PluginRuntime runtime = PluginRuntime.Current;
        try
        {
            function();
            return 0;
        }
        catch (Exception exception) when (!runtime.Ends(exception))
        {
            return Fail(runtime, exception);
        }
    }

    private static int Fail(PluginRuntime runtime, Exception exception)
    {
        var failure = exception as PluginFailureException;
        string text = failure is null ? $"{exception.GetType().Name}: {exception.Message}" : failure.Message;
        runtime.ErrorWrite(Utf8Text.Encode(text));

        // A code of 0 would make a success of it.
        return failure is { Code: not 0 } ? failure.Code : 1;
    }
}
