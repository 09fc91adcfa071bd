namespace Plugins.Payloads.Generator.Emission;

/// <summary>Names of the library that generated code uses.</summary>
internal static class Library
{
    public const string Writer = "ref global::Plugins.Payloads.MessagePack.MessagePackWriter writer";
    public const string Reader = "ref global::Plugins.Payloads.MessagePack.MessagePackReader reader";
    public const string Problem = "global::Plugins.Payloads.MessagePack.MessagePackProblem.";
    public const string Type = "global::Plugins.Payloads.MessagePack.MessagePackType.";
    public const string Converter = "global::Plugins.Payloads.PayloadConverter";
}
