namespace Plugins.Wasi.Files;

/// <summary>Whether a symbolic link as the last name of a path is followed.</summary>
internal enum LinkFollowing
{
    Never,

    /// <summary>Only where the path goes on with a slash, as systems do it.</summary>
    WithSlash,
    Always,
}
