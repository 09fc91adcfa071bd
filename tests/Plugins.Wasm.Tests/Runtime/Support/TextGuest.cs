using System.Text;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Guests given as text.</summary>
internal static class TextGuest
{
    public static Module Compile(string text, bool meterFuel = false) =>
        Guest.Compile(TextFormat.ToBinary(Encoding.UTF8.GetBytes($"(module {text})")), meterFuel);

    public static Instance Instantiate(string text, Store store, bool meterFuel = false, Imports? imports = null) =>
        new(store, Compile(text, meterFuel), imports);

    public static T Run<T>(this Instance instance, string function = "run") =>
        instance.GetFunction(function).CreateDelegate<Func<T>>()();
}
