using System.Collections.Frozen;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;
using Plugins.Wasm.Types;

namespace Plugins.Host.Abi;

/// <summary>What WASI preview 1 is to a host: the types of its functions, and what they are granted by.</summary>
/// <remarks>Immutable, safe to use from any thread.</remarks>
public static class WasiContract
{
    private static readonly FrozenDictionary<string, FunctionType> s_types = WasiFunctions.Preview1.Values
        .ToFrozenDictionary(function => function.Name, TypeOf, StringComparer.Ordinal);

    /// <summary>The types of the functions of module <c>wasi_snapshot_preview1</c>, by name.</summary>
    public static IReadOnlyDictionary<string, FunctionType> Functions => s_types;

    /// <summary>The permissions without which a function gives a guest nothing.</summary>
    /// <param name="function">The name that a guest imports.</param>
    /// <returns>None where it needs none, or nobody knows the function.</returns>
    public static IReadOnlyList<string> PermissionsOf(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function switch
        {
            "args_get" or "args_sizes_get" => [PermissionNames.WasiArguments],
            "environ_get" or "environ_sizes_get" => [PermissionNames.WasiEnvironment],
            "clock_res_get" or "clock_time_get" => [PermissionNames.ClockNow],
            "random_get" => [PermissionNames.RandomBytes],
            "fd_read" or "fd_write" => [PermissionNames.WasiStreams],
            "fd_prestat_get" or "fd_prestat_dir_name" or "fd_readdir" => [PermissionNames.WasiFiles],
            _ => s_types.ContainsKey(function) && function.StartsWith("path_", StringComparison.Ordinal)
                ? [PermissionNames.WasiFiles]
                : [],
        };
    }

    /// <summary>True if exports are those of a program: it has <c>_start</c>.</summary>
    internal static bool IsCommand(IEnumerable<ImportType> imports, IEnumerable<ExportType> exports) =>
        exports.Any(export => export.Name == AbiNames.Start && export.Type.Equals(AbiContract.Initialize))
        && imports.All(import => import.Module is not (AbiNames.AbiModule or AbiNames.HostModule));

    /// <summary>True if calls of it give every call of a plugin the same, and change nothing.</summary>
    internal static bool IsPure(string function) => function is "args_get" or "args_sizes_get" or "environ_get"
        or "environ_sizes_get" or "fd_fdstat_get" or "fd_prestat_get" or "fd_prestat_dir_name" or "fd_write"
        or "sched_yield" or "proc_exit" or "clock_res_get";

    private static FunctionType TypeOf(WasiFunction function) => new(
        [.. function.Parameters.Select(number => number == WasiNumber.Int64 ? ValueKind.I64 : ValueKind.I32)],
        function.HasResult ? [ValueKind.I32] : []);
}
