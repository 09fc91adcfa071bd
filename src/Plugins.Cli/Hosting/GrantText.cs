using Plugins.Cli.Failures;
using Plugins.Manifest.Permissions;

namespace Plugins.Cli.Hosting;

/// <summary>A grant of the command line: <c>clock.now</c>, or <c>variables.read=cart/,user/</c>.</summary>
internal static class GrantText
{
    internal static PermissionGrant Parse(string text)
    {
        var index = text.IndexOf('=', StringComparison.Ordinal);
        var name = index < 0 ? text : text[..index];
        try
        {
            return index < 0
                ? new PermissionGrant(name)
                : new PermissionGrant(name, text[(index + 1)..].Split(',', StringSplitOptions.TrimEntries));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw CommandException.Usage(
                $"--grant {text} is not a permission.",
                exception.Message,
                "Write it as in --grant clock.now or --grant variables.read=cart/");
        }
    }
}
