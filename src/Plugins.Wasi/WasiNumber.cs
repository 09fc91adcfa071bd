namespace Plugins.Wasi;

/// <summary>Types of numbers that functions of WASI take.</summary>
public enum WasiNumber
{
    /// <summary>An <c>i32</c>.</summary>
    Int32,

    /// <summary>An <c>i64</c>.</summary>
    Int64,
}
