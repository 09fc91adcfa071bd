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

    /// <summary>The module is larger in some respect than the host allows.</summary>
    ModuleLimit,

    /// <summary>The module uses a feature that the engine lacks.</summary>
    UnsupportedFeature,

    /// <summary>An import could not be linked.</summary>
    Link,

    /// <summary>The module asks for more memory than it is granted.</summary>
    MemoryLimit,

    /// <summary>The module asks for more of something else, such as table elements, than it is granted.</summary>
    InstanceLimit,
}
