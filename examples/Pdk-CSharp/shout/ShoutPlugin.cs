using System.Text;
using Plugins.Pdk;

namespace Shout;

/// <summary>Repeats a text of at most 1,024 bytes in ASCII capitals: "hello" becomes "HELLO!".</summary>
public static class ShoutPlugin
{
    /// <summary>The one function.</summary>
    [PluginFunction("shout")]
    public static void Shout()
    {
        Span<byte> text = Input.ReadAll(stackalloc byte[1024]);
        if (text.IsEmpty)
        {
            throw new PluginException("there is nothing to shout");
        }

        Ascii.ToUpperInPlace(text, out _);
        Output.Write(text);
        Output.Write("!");
    }
}
