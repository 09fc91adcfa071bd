namespace Plugins.Host.Engines;

/// <summary>The phase and kind of an engine's fault.</summary>
public enum EngineFaultKind
{
    /// <summary>The guest trapped.</summary>
    Trap,

    /// <summary>The guest had no fuel left.</summary>
    OutOfFuel,

    /// <summary>The guest was interrupted from outside.</summary>
    Interrupted,

    /// <summary>The bytes are not a module.</summary>
    Malformed,

    /// <summary>The module breaks a validation rule.</summary>
    Invalid,

    /// <summary>The module exceeds one of the host's size limits.</summary>
    ModuleLimit,

    /// <summary>The module uses a feature that the engine lacks.</summary>
    UnsupportedFeature,

    /// <summary>An import could not be linked.</summary>
    Link,

    /// <summary>The module asks for more memory than granted.</summary>
    MemoryLimit,

    /// <summary>The module asks for more of another resource, such as table elements, than granted.</summary>
    InstanceLimit,
}
