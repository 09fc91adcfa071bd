namespace Plugins.Host.MessagePack.Documents;

/// <summary>An array or a map that the check is in; a map's keys count as values.</summary>
internal struct OpenContainer
{
    public bool IsMap;

    /// <summary>Values that it has, which may be twice as many as a length can say.</summary>
    public long Values;

    /// <summary>Values that have begun.</summary>
    public long Begun;

    /// <summary>Keys of the maps around it.</summary>
    public int OuterKeys;

    /// <summary>The last key; null where it is no text.</summary>
    public MapKey? Key;

    public readonly bool IsAtKey => IsMap && Begun % 2 == 0;
}
