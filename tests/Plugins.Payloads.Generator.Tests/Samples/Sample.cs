using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>A value that goes through both formats.</summary>
public abstract class Sample
{
    public abstract string MessagePackOutline { get; }

    public abstract string JsonOutline { get; }

    /// <summary>The value's JSON.</summary>
    public abstract string Json { get; }

    /// <summary>The JSON of what a MessagePack document of the value is read as.</summary>
    public abstract string JsonAfterMessagePack { get; }

    /// <summary>The value's MessagePack.</summary>
    public abstract byte[] Document { get; }

    public abstract void Read(byte[] document);

    /// <summary>Whether reading ends as it may; any other exception comes through.</summary>
    public bool IsReadOrRefused(byte[] document)
    {
        try
        {
            Read(document);
            return true;
        }
        catch (MessagePackException)
        {
            return true;
        }
    }

    internal static Sample Of<T>(T value, string? name = null) => new Typed<T>(value, name ?? typeof(T).Name);

    private sealed class Typed<T>(T value, string name) : Sample
    {
        public override string MessagePackOutline => Outline.Of(Documents.Write(value));

        public override string JsonOutline => Outline.Of(JsonDocument.Parse(Json).RootElement);

        public override string Json => JsonSerializer.Serialize(value, Type);

        public override byte[] Document => Documents.Write(value);

        public override string JsonAfterMessagePack =>
            JsonSerializer.Serialize(Documents.Read<T>(Documents.Write(value)), Type);

        private static JsonTypeInfo<T> Type => (JsonTypeInfo<T>)ShopJson.Default.GetTypeInfo(typeof(T))!;

        public override void Read(byte[] document) => _ = Documents.Read<T>(document);

        public override string ToString() => name;
    }
}
