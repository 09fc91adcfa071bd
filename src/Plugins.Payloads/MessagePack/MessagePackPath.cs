using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Plugins.Payloads.MessagePack;

/// <summary>Finds the way to an offset by a second walk, so that reading keeps no track of it.</summary>
/// <remarks>Linear in the document's size and run once per failure.</remarks>
internal static class MessagePackPath
{
    private const int LongestName = 64;
    private const int DeepestShown = 64;

    /// <summary>The way to the value at an offset; for a key, the way to its map.</summary>
    public static string Find(ReadOnlySpan<byte> bytes, int offset)
    {
        var levels = new List<Level>();
        int position = 0;
        while (position < offset && MessagePackToken.TryRead(bytes, position, out MessagePackToken token))
        {
            Enter(levels, position, token);
            position += token.Length;
            if (levels.Count is 0 or > MessagePackReaderOptions.DeepestAllowed)
            {
                break;
            }
        }

        return Write(levels, bytes);
    }

    /// <summary>Bounds a name, and makes its control characters harmless to terminals and logs.</summary>
    public static string Escape(string name)
    {
        var text = new StringBuilder();
        foreach (char character in name.AsSpan(0, Math.Min(name.Length, LongestName)))
        {
            bool isShown = character is >= ' ' and < (char)0x7F && character is not ('\'' or '\\');
            if (isShown || (character >= 0x80 && char.IsLetterOrDigit(character)))
            {
                text.Append(character);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return name.Length > LongestName ? text.Append('…').ToString() : text.ToString();
    }

    /// <summary>Cuts a name to no fewer bytes than <see cref="Escape"/> shows, and can see to be too long.</summary>
    public static ReadOnlySpan<byte> Shorten(ReadOnlySpan<byte> name) =>
        name[..Math.Min(name.Length, 4 * (LongestName + 1))];

    private static void Enter(List<Level> levels, int position, in MessagePackToken token)
    {
        if (levels.Count > 0)
        {
            CollectionsMarshal.AsSpan(levels)[^1].Begin(position);
        }

        if (token.Values > 0)
        {
            levels.Add(new Level(token.IsMap, token.Values));
            return;
        }

        while (levels.Count > 0 && levels[^1].IsDone)
        {
            levels.RemoveAt(levels.Count - 1);
        }
    }

    private static string Write(List<Level> levels, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("$");
        for (int i = 0; i < Math.Min(levels.Count, DeepestShown); i++)
        {
            // In all levels but the last the walk is in a value; in the last it is before one.
            long index = i == levels.Count - 1 ? levels[i].Begun : levels[i].Begun - 1;
            if (!levels[i].IsMap)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (index % 2 == 1)
            {
                AppendKey(text, bytes[levels[i].KeyPosition..]);
            }
        }

        return levels.Count > DeepestShown ? text.Append('…').ToString() : text.ToString();
    }

    private static void AppendKey(StringBuilder text, ReadOnlySpan<byte> key)
    {
        var reader = new MessagePackReader(key);
        switch (reader.NextType)
        {
            case MessagePackType.String:
                AppendName(text, Encoding.UTF8.GetString(Shorten(reader.ReadMemberName())));
                break;
            case MessagePackType.Integer:
                text.Append(CultureInfo.InvariantCulture, $"[{reader.ReadInt128()}]");
                break;
            default:
                text.Append("[?]");
                break;
        }
    }

    private static void AppendName(StringBuilder text, string name)
    {
        bool isPlain = name.Length is > 0 and <= LongestName
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_');
        if (isPlain)
        {
            text.Append('.').Append(name);
        }
        else
        {
            text.Append("['").Append(Escape(name)).Append("']");
        }
    }

    /// <summary>An array or map that the walk is in; a map's keys count as values.</summary>
    private struct Level(bool isMap, long values)
    {
        public readonly bool IsMap => isMap;

        public long Begun { get; private set; }

        /// <summary>Where the last key began, in a map.</summary>
        public int KeyPosition { get; private set; }

        public readonly bool IsDone => Begun == values;

        public void Begin(int position)
        {
            if (Begun % 2 == 0)
            {
                KeyPosition = position;
            }

            Begun++;
        }
    }
}
