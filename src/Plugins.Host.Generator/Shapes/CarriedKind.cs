namespace Plugins.Host.Generator.Shapes;

/// <summary>How a value crosses between an application and a plugin.</summary>
internal enum CarriedKind
{
    Nothing,
    Bytes,
    Text,
    Payload,

    /// <summary>Two streams: one that is read, one that is written.</summary>
    Streams,
}
