namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>The four types that functions of a host have at the seam, all over <c>i32</c>.</summary>
internal enum HostShape
{
    /// <summary><c>() -> i32</c>.</summary>
    Get,

    /// <summary><c>(i32, i32) -> i32</c>.</summary>
    Answer,

    /// <summary><c>(i32, i32) -> ()</c>.</summary>
    Take,

    /// <summary><c>(i32, i32, i32) -> ()</c>.</summary>
    TakeThree,
}
