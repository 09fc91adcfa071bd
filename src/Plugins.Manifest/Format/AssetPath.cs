namespace Plugins.Manifest.Format;

/// <summary>Relative paths that mean the same, and nothing else, on every file system.</summary>
internal static class AssetPath
{
    public const string FileNameForm = "a file name of ASCII letters, digits, '.', '_' and '-'";
    public const string Form = "a relative path of such file names with '/' between them";

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    private static readonly HashSet<string> _devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    public static bool IsValid(string path) => path.Split('/').All(IsFileName);

    // Windows drops dots at the end, and takes a device's name with any extension for the device.
    public static bool IsFileName(string name) =>
        name.Length > 0
        && name[^1] != '.'
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-')
        && !_devices.Contains(name.Split('.')[0]);
}
