namespace Plugins.Host.Recording;

/// <summary>Records one call: what the guest was given, so that it can be replayed.</summary>
/// <remarks>
/// Pass it as <see cref="PluginCallOptions.Recorder"/>, one for each call; the plugin was loaded with
/// <see cref="PluginLoadOptions.CanonicalizesNaNs"/>. Read <see cref="Recording"/> once the call has ended, also where
/// it failed. Not safe for use by many threads.
/// </remarks>
public sealed class CallRecorder
{
    /// <summary>Makes a recorder for one call.</summary>
    /// <param name="options">What it may hold; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is negative.</exception>
    public CallRecorder(CallRecorderOptions? options = null)
    {
        options ??= new CallRecorderOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumBytes, nameof(options));
        Tape = new RecordingTape(options);
    }

    /// <summary>The call, once it has ended with a result or a <see cref="Errors.PluginException"/>.</summary>
    /// <value>
    /// Null before, after a call that was cancelled or did not get to run, or whose code of the application did not
    /// return in time, and where it <see cref="IsTooLarge"/>.
    /// </value>
    public CallRecording? Recording => Tape.Recording;

    /// <summary>True if the call had more than <see cref="CallRecorderOptions.MaximumBytes"/>.</summary>
    public bool IsTooLarge => Tape.IsTooLarge;

    internal RecordingTape Tape { get; }
}
