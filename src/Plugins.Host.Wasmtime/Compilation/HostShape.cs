namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>The types that functions of a host have at the seam.</summary>
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

    /// <summary>Any other over numbers.</summary>
    Numbers,
}
