namespace Plugins.Host.Errors;

/// <summary>The cause of a failed load or call; names and numbers are stable across versions.</summary>
/// <remarks>docs/errors.md has a section for each.</remarks>
public enum PluginErrorCode
{
    /// <summary>No error; never thrown.</summary>
    None = 0,

    /// <summary>The manifest is malformed, does not match the module, or needs what this host lacks.</summary>
    Manifest = 100,

    /// <summary>The signature, its key or what it covers is not acceptable.</summary>
    Signature = 101,

    /// <summary>A required permission is not granted.</summary>
    Grant = 102,

    /// <summary>A required setting has no value.</summary>
    Configuration = 103,

    /// <summary>The plugin or its version is not the one that the application expects.</summary>
    Identity = 104,

    /// <summary>The bytes are not a WebAssembly module.</summary>
    MalformedModule = 110,

    /// <summary>The module breaks a validation rule.</summary>
    InvalidModule = 111,

    /// <summary>The module exceeds one of the host's size limits.</summary>
    ModuleLimit = 112,

    /// <summary>An import or export does not fit the ABI, the manifest or what the application offers.</summary>
    Link = 113,

    /// <summary>The module uses a feature of WebAssembly that the engine lacks.</summary>
    UnsupportedFeature = 114,

    /// <summary>The guest trapped.</summary>
    Trap = 200,

    /// <summary>The guest used up its fuel.</summary>
    FuelLimit = 201,

    /// <summary>The guest ran past its time.</summary>
    TimeLimit = 202,

    /// <summary>The guest needed more memory than it is granted.</summary>
    MemoryLimit = 203,

    /// <summary>The module's tables are larger than granted.</summary>
    TableLimit = 204,

    /// <summary>The input is longer than granted.</summary>
    InputLimit = 205,

    /// <summary>The guest wrote more output than granted.</summary>
    OutputLimit = 206,

    /// <summary>The guest called capabilities more often than granted.</summary>
    HostCallLimit = 207,

    /// <summary>No instance became free within the time of the call.</summary>
    InstanceLimit = 208,

    /// <summary>The guest wrote more error text than granted.</summary>
    ErrorTextLimit = 209,

    /// <summary>No guest thread became free within the time of the call, or too many calls wait for one.</summary>
    GuestThreadLimit = 210,

    /// <summary>The call names a tenant other than the one the plugin or session serves.</summary>
    Tenant = 211,

    /// <summary>The call was made within too many calls of plugins.</summary>
    NestingLimit = 212,

    /// <summary>Calls of the plugin were stopped and left too much of the application's code running.</summary>
    AbandonedOperationLimit = 213,

    /// <summary>The plugin or the tenant has as many calls running as it may, and none ended in time.</summary>
    ConcurrencyLimit = 214,

    /// <summary>As many calls of the plugin or the tenant wait as may.</summary>
    QueueLimit = 215,

    /// <summary>The plugin or the tenant has used up the fuel of its interval.</summary>
    FuelRateLimit = 216,

    /// <summary>A limiter of the application's own refused the call.</summary>
    CallRateLimit = 217,

    /// <summary>The memory budget of the plugin or the host has no room, for an instance or for its growth.</summary>
    MemoryBudget = 218,

    /// <summary>The guest reported a failure by returning a number other than 0.</summary>
    Guest = 220,

    /// <summary>The guest's output is not valid text, or not a value of the expected type.</summary>
    OutputFormat = 221,

    /// <summary>The stream that gives the input failed.</summary>
    InputStream = 230,

    /// <summary>The stream or writer that takes the output failed.</summary>
    OutputStream = 231,

    /// <summary>A recorded call cannot be replayed, or differs from its recording.</summary>
    Replay = 240,

    /// <summary>The catalog has no version of the plugin to call: none could be loaded, or it is disabled.</summary>
    Unavailable = 300,

    /// <summary>The version keeps failing, and its circuit breaker refuses calls for a while.</summary>
    CircuitOpen = 301,
}
