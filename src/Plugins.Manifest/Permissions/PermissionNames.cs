namespace Plugins.Manifest.Permissions;

/// <summary>The built-in permissions, and the form of those that applications add.</summary>
/// <remarks>Constants and pure functions, safe to use from any thread.</remarks>
public static class PermissionNames
{
    /// <summary>Reading variables; its scope lists key prefixes.</summary>
    public const string VariablesRead = "variables.read";

    /// <summary>Writing and deleting variables; its scope lists key prefixes.</summary>
    public const string VariablesWrite = "variables.write";

    /// <summary>Sending HTTP requests; its scope lists host patterns and may not be left out of a request.</summary>
    public const string HttpSend = "http.send";

    /// <summary>Reading the clock; has no scope.</summary>
    public const string ClockNow = "clock.now";

    /// <summary>Drawing random bytes; has no scope.</summary>
    public const string RandomBytes = "random.bytes";

    /// <summary>Arguments for guests that use WASI; has no scope.</summary>
    public const string WasiArguments = "wasi.arguments";

    /// <summary>Variables of the environment for guests that use WASI; its scope lists their names.</summary>
    public const string WasiEnvironment = "wasi.environment";

    /// <summary>Standard streams for guests that use WASI; its scope lists stdin, stdout and stderr.</summary>
    public const string WasiStreams = "wasi.streams";

    /// <summary>Directories for guests that use WASI; its scope lists guests' paths of them.</summary>
    /// <remarks>Such as <c>/data</c>, or <c>/data:ro</c> where nothing in it may be changed.</remarks>
    public const string WasiFiles = "wasi.files";

    /// <summary>Maximum length of a name, in characters.</summary>
    public const int MaxLength = 128;

    internal const string Form = "lowercase words of [a-z][a-z0-9_]* with dots between them";

    /// <summary>True if a text has the form of a permission's name: <c>[a-z][a-z0-9_]*</c> with dots between.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>True if it may name a permission.</returns>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        var first = true;
        foreach (var character in name)
        {
            var letter = char.IsAsciiLetterLower(character);
            if (!letter && (first || !(char.IsAsciiDigit(character) || character is '_' or '.')))
            {
                return false;
            }

            first = character == '.';
        }

        return !first && name.Length <= MaxLength;
    }

    /// <summary>True for what every host offers guests that use WASI, as far as it is given anything.</summary>
    /// <param name="name">A permission's name.</param>
    /// <returns>True if it is one of the four that begin with <c>wasi.</c>.</returns>
    public static bool IsOfWasi(string name) =>
        name is WasiArguments or WasiEnvironment or WasiStreams or WasiFiles;

    internal static ScopeKind KindOf(string name) => name switch
    {
        VariablesRead or VariablesWrite => ScopeKind.Prefixes,
        HttpSend => ScopeKind.Hosts,
        ClockNow or RandomBytes or WasiArguments => ScopeKind.None,
        WasiFiles => ScopeKind.Directories,
        _ => ScopeKind.Names,
    };
}
