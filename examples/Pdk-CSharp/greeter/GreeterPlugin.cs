using System.Text;
using Plugins.Pdk;

namespace Greeter;

/// <summary>Greets by name, with a greeting that the application gives: "Ada" becomes "Hello, Ada!".</summary>
/// <remarks>
/// The greeting comes from the host function <c>greeting.prefix</c>, which is sent a language tag: the configured
/// <c>language</c>, or "en". A name may have 1,024 bytes, a language tag 64, a greeting 256. The code of a failure is 2
/// when the greeting is at fault, else 1.
/// </remarks>
public static partial class GreeterPlugin
{
    private const int NameBytes = 1024;
    private const int LanguageBytes = 64;
    private const int GreetingBytes = 256;

    /// <summary>The one function.</summary>
    [PluginFunction("greet")]
    public static void Greet()
    {
        ReadOnlySpan<byte> name = ReadName(stackalloc byte[NameBytes]);
        string language = ReadLanguage();
        ReadOnlySpan<byte> greeting = ReadGreeting(language, stackalloc byte[GreetingBytes]);
        Log.Information("greeting given");

        using var output = new OutputWriter();
        output.Write(greeting);
        output.Write(", "u8);
        output.Write(name);
        output.Write("!"u8);
    }

    /// <summary>The greeting of a language.</summary>
    [HostFunction("greeting.prefix")]
    private static partial HostReply GreetingPrefix(string language);

    private static ReadOnlySpan<byte> ReadName(Span<byte> buffer)
    {
        try
        {
            return Input.ReadUtf8(buffer);
        }
        catch (InputTooLongException exception)
        {
            throw new PluginException($"the name is longer than {exception.Capacity} bytes");
        }
    }

    private static string ReadLanguage()
    {
        try
        {
            string language = Config.ReadText("language") ?? "en";
            if (Encoding.UTF8.GetByteCount(language) <= LanguageBytes)
            {
                return language;
            }
        }
        catch (PluginFailureException)
        {
            // Why does not matter to the caller.
        }

        throw new PluginException("the language cannot be read");
    }

    private static ReadOnlySpan<byte> ReadGreeting(string language, Span<byte> buffer)
    {
        try
        {
            return GreetingPrefix(language).ReadAll(buffer);
        }
        catch (HostCallException exception)
        {
            throw new PluginException(2, Describe(exception, language));
        }
    }

    private static string Describe(HostCallException exception, string language) => exception.Reason switch
    {
        HostCallReason.Denied => "asking for a greeting is not permitted",
        HostCallReason.Failed => $"the greeting failed: {exception.HostMessage}",
        HostCallReason.TooLarge => "the greeting is too large",
        HostCallReason.NotFound => $"there is no greeting for the language \"{language}\"",
        _ => "the greeting failed",
    };
}
