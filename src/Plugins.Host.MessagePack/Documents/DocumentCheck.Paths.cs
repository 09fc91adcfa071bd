using System.Globalization;
using System.Text;
using Plugins.Host.Payloads;
using Plugins.Manifest.Text;

namespace Plugins.Host.MessagePack.Documents;

internal ref partial struct DocumentCheck
{
    private const int LongestName = 64;
    private const int DeepestShown = 64;

    /// <summary>The value that a byte belongs to, in a document that was checked.</summary>
    /// <returns>Where it begins, and the way to it; for a key, the way to its map.</returns>
    public static (int Offset, string Path) Find(PayloadDocument document, MessagePackPayloadOptions limits, int target)
    {
        var check = new DocumentCheck(new PayloadDocument(document.Bytes), limits, typeof(void));
        try
        {
            check.ReadUntil(target);
            return (check._position, check.Path());
        }
        finally
        {
            check.Dispose();
        }
    }

    private readonly MessagePackPayloadException Refuse(MessagePackProblem problem, int offset) =>
        new(problem, _type, offset, Path());

    private readonly MessagePackPayloadException RefuseKey(in MapKey key) =>
        new(MessagePackProblem.DuplicateKey, _type, key.Start, Path() + NameOf(key));

    /// <summary>The way to the value that comes next; for a key, the way to its map.</summary>
    private readonly string Path()
    {
        var text = new StringBuilder("$");
        for (int i = 0; i < Math.Min(_depth, DeepestShown); i++)
        {
            // In all but the last the check is in a value.
            long index = _open[i].Begun - (i < _depth - 1 ? 1 : 0);
            if (!_open[i].IsMap)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (index % 2 == 1)
            {
                text.Append(_open[i].Key is { } key ? NameOf(key) : "[?]");
            }
        }

        return _depth > DeepestShown ? text.Append('…').ToString() : text.ToString();
    }

    private readonly string NameOf(in MapKey key)
    {
        string name = VisibleText.Decode(key.In(_bytes), LongestName);
        return name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? "." + name
            : $"['{name}']";
    }
}
