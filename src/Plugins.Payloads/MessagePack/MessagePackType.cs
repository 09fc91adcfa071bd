namespace Plugins.Payloads.MessagePack;

/// <summary>The type of a MessagePack value.</summary>
/// <remarks>MessagePack specification, "Type system".</remarks>
public enum MessagePackType
{
    /// <summary>The absence of a value.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number from -2⁶³ to 2⁶⁴-1, in any of its forms.</summary>
    Integer,

    /// <summary>A number in IEEE 754's single or double precision.</summary>
    Float,

    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>Bytes without meaning to MessagePack.</summary>
    Binary,

    /// <summary>Values in order.</summary>
    Array,

    /// <summary>Pairs of a key and a value.</summary>
    Map,

    /// <summary>Bytes with a type number; -1 is a timestamp.</summary>
    Extension,
}
