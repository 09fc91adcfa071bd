namespace Plugins.Pdk.Generator.Shapes;

/// <summary>How a value crosses between a method and the host.</summary>
internal enum ValueKind
{
    None,
    Bytes,
    Text,
    Payload,

    /// <summary>The unread answer of a host function.</summary>
    Reply,
}
