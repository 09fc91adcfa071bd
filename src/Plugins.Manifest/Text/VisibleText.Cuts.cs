using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plugins.Manifest.Text;

public static partial class VisibleText
{
    // Where text is cut, as many bytes before are looked at; a longer character is cut between code points.
    private const int CutWindow = 256;

    /// <summary>The longest start of UTF-8 text that fits and does not end inside a character.</summary>
    /// <param name="utf8">
    /// The whole text, or at least <paramref name="maximumBytes"/> and the code point that follows.
    /// </param>
    /// <param name="maximumBytes">The most bytes of the result.</param>
    /// <returns>
    /// All of the text where it fits. Bytes that are not UTF-8 are cut anywhere, and nothing is made harmless.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8, int maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        if (utf8.Length <= maximumBytes)
        {
            return utf8;
        }

        var end = FindRune(utf8, maximumBytes);
        var start = FindRune(utf8, Math.Max(end - CutWindow, 0));
        var stop = end + CutWindow < utf8.Length ? FindRune(utf8, end + CutWindow) : utf8.Length;
        var window = utf8[start..stop];
        return Utf8.IsValid(window)
            ? utf8[..(start + FindElement(Encoding.UTF8.GetString(window), end - start))]
            : utf8[..end];
    }

    /// <summary>The last place up to a position where a code point begins.</summary>
    private static int FindRune(ReadOnlySpan<byte> utf8, int position)
    {
        // A code point has at most four bytes, of which all but the first are 10xxxxxx.
        for (var start = position; start > Math.Max(position - 4, 0); start--)
        {
            if ((utf8[start] & 0xC0) != 0x80)
            {
                var status = Rune.DecodeFromUtf8(utf8[start..], out _, out var length);
                return status != OperationStatus.Done || start + length <= position ? position : start;
            }
        }

        return position;
    }

    /// <summary>The last border in the window, in bytes; the limit where one character fills it all.</summary>
    private static int FindElement(string window, int limit)
    {
        var found = 0;
        for (var index = 0; index < window.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(window, index);
            var bytes = Encoding.UTF8.GetByteCount(window.AsSpan(index, length));
            if (found + bytes > limit)
            {
                break;
            }

            found += bytes;
            index += length;
        }

        return found == 0 && limit > CutWindow / 2 ? limit : found;
    }
}
