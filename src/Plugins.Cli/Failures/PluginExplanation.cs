using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Cli.Failures;

/// <summary>What each failure of the host means for the person at the keyboard; docs/errors.md has the codes.</summary>
internal static class PluginExplanation
{
    internal static Complaint Of(PluginException exception) => new(
        CodeOf(exception.Code), exception.Code.ToString(), exception.Message, WhyOf(exception), NextOf(exception))
    {
        GuestMessage = exception.GuestMessage,
        GuestExitCode = (exception as PluginGuestException)?.ExitCode,
        Backtrace = exception is PluginTrapException trap ? [.. trap.Backtrace.Select(frame => frame.ToString())] : [],
    };

    internal static ExitCode CodeOf(PluginErrorCode code) => code switch
    {
        PluginErrorCode.MemoryLimit or PluginErrorCode.TableLimit or PluginErrorCode.FuelLimit
            or PluginErrorCode.TimeLimit or PluginErrorCode.InputLimit or PluginErrorCode.OutputLimit
            or PluginErrorCode.HostCallLimit or PluginErrorCode.InstanceLimit
            or PluginErrorCode.ErrorTextLimit or PluginErrorCode.GuestThreadLimit
            or PluginErrorCode.NestingLimit or PluginErrorCode.AbandonedOperationLimit
            or PluginErrorCode.ConcurrencyLimit or PluginErrorCode.QueueLimit
            or PluginErrorCode.FuelRateLimit or PluginErrorCode.CallRateLimit
            or PluginErrorCode.MemoryBudget => ExitCode.Limit,
        < PluginErrorCode.Trap => ExitCode.Refused,
        PluginErrorCode.InputStream => ExitCode.Usage,
        PluginErrorCode.OutputStream => ExitCode.Output,
        _ => ExitCode.Failed,
    };

    private static string? WhyOf(PluginException exception) => exception switch
    {
        PluginSignatureException signature => ManifestExplanation.WhyOf(signature.Reason),
        PluginGuestException => "The function returned that code by itself: it is the plugin's own way to say no.",
        PluginTrapException { Trap: TrapCode.Unreachable } => "The plugin gave up: a panic, an abort or an assertion.",
        PluginTrapException { Trap: TrapCode.CallStackExhausted } => "It calls itself without end, or very deeply.",
        PluginTrapException { Trap: TrapCode.HostRangeOutOfBounds } => "It gave the host a range beyond its memory.",
        PluginTrapException => "The plugin has a bug: WebAssembly forbids what it did.",
        PluginFuelException => "It does more work than it may, or never ends.",
        PluginTimeException => "It takes longer than it may, or never ends.",
        PluginMemoryException => "It needs more memory than it may have.",
        PluginReplayException { Problem: ReplayProblem.OtherModule or ReplayProblem.OtherLimits } =>
            "A call is replayed by the very module that was called, within the limits that it had.",
        PluginReplayException { Problem: ReplayProblem.SecretMissing } => "A recording holds no secrets.",
        PluginReplayException { Problem: ReplayProblem.NotReplayable } =>
            "What decided about it was no answer that the plugin got.",
        PluginReplayException => "The plugin did something else than when it was recorded.",
        PluginStreamException { InnerException: { } cause } => cause.Message,
        PluginGrantException { Layer: null } => "The plugin requires a host function that this command does not have.",
        PluginGrantException { Layer: Manifest.Permissions.PermissionLayer.Application } =>
            "The plugin requires it, and nothing is granted unless you say so.",
        PluginGrantException => "The plugin requires it, and the trust policy denies it to its publisher.",
        PluginConfigurationException => "The manifest says that the plugin cannot work without it.",
        PluginLinkException { Problem: LinkProblem.UnknownModule or LinkProblem.UnknownFunction } =>
            "It was built for another host: it imports what the plugins ABI does not have.",
        PluginIdentityException => "Another plugin, or another version, stands in its place.",
        PluginLinkException { Problem: LinkProblem.NotListed } =>
            "The manifest lists the module's imports, and the module has more.",
        PluginLinkException { Problem: LinkProblem.PermissionNotRequested } =>
            "A module reaches only what its manifest asks for.",
        PluginLinkException => "Module, manifest and the ABI of docs/abi.md do not fit.",
        PluginMalformedException => "The bytes are not a WebAssembly module that this engine reads.",
        PluginInvalidException => "The module breaks a rule of WebAssembly.",
        PluginUnsupportedFeatureException => Explanation.UnsupportedFeature,
        _ => null,
    };

    private static string NextOf(PluginException exception) => exception switch
    {
        PluginSignatureException signature => ManifestExplanation.NextOf(signature.Reason),
        PluginManifestException { InnerException: ManifestException inner } => ManifestExplanation.NextOf(inner.Code),
        PluginManifestException { Problem: ManifestProblem.UnlistedFeature } =>
            "Leave features out of manifest.json: then plugins sign lists those that the module uses.",
        PluginManifestException => "Correct the manifest; docs/manifest.md lists its fields.",
        PluginGrantException { Layer: null } missing => $"Offer it yourself: {GrantFlags.Of(missing.Permission)}",
        PluginGrantException grant => $"If its reason convinces you, allow it: {GrantFlags.Of(grant.Missing)}",
        PluginConfigurationException missing => $"Give it a value: --config {missing.Key}=…",
        PluginGuestException => "Try another input, or read the plugin's documentation.",
        PluginTrapException { Backtrace.IsEmpty: true } =>
            "Correct it, or report it to its author. It has no function names; a build that keeps them says where.",
        PluginTrapException => "Correct it, or report it to its author, with the input and the functions above.",
        PluginFuelException => "If the work is honest, give it more: --limit fuel=10G",
        PluginTimeException => "If the work is honest, give it more: --limit time=10s",
        PluginMemoryException => "If the need is honest, give it more: --limit memory=64MiB",
        PluginLimitException => LimitOf(exception.Code),
        PluginReplayException { Problem: ReplayProblem.OtherModule } => "Name the module that was recorded.",
        PluginReplayException { Problem: ReplayProblem.SecretMissing } => "Give it: --config key=value",
        PluginReplayException { Problem: ReplayProblem.NotReplayable } => "Record a call that ends by itself.",
        PluginReplayException => "If nothing about it is random, report it, with the recording.",
        PluginModuleLimitException { Limit: nameof(ModuleLimits.ModuleBytes) } =>
            "Build it smaller: without debug information, and optimised for size; or allow it: --limit module=64MiB",
        PluginModuleLimitException => "Build it smaller: without debug information, and optimised for size.",
        PluginIdentityException => "Find out who put it there before you run it.",
        PluginLinkException { Problem: LinkProblem.NotListed } =>
            "Correct imports in manifest.json, or leave it out; plugins inspect lists what the module has.",
        PluginLinkException { Problem: LinkProblem.PermissionNotRequested } =>
            "Ask for the permission in manifest.json; plugins inspect lists all that are missing.",
        PluginLinkException => "Run plugins inspect to see what the module imports and exports.",
        PluginUnsupportedFeatureException { InnerException: UnsupportedFeatureException inner } => inner.Remedy,
        PluginMalformedException or PluginInvalidException or PluginUnsupportedFeatureException =>
            "Build it again, for the target wasm32-unknown-unknown.",
        _ => "See docs/errors.md.",
    };

    private static string LimitOf(PluginErrorCode code) => code switch
    {
        PluginErrorCode.InputLimit =>
            "Give it less, or allow more: --limit input=64MiB, or with --stream: --limit streamed-input=1GiB",
        PluginErrorCode.OutputLimit =>
            "If the need is honest, allow more: --limit output=64MiB, or with --stream: --limit streamed-output=1GiB",
        PluginErrorCode.ErrorTextLimit => "If the need is honest, allow more: --limit error=64KiB",
        PluginErrorCode.HostCallLimit => "If the need is honest, allow more: --limit calls=100000",
        PluginErrorCode.TableLimit => "If the need is honest, allow more: --limit table=100000",
        _ => "Try again with fewer calls at a time.",
    };
}
