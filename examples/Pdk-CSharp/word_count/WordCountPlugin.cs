using System.Text;
using Plugins.Pdk;

[assembly: PluginPayloads(typeof(WordCount.CountsJson))]

namespace WordCount;

/// <summary>Counts the words, lines and characters of a text: <c>{"words":2,"lines":1,"characters":11}</c>.</summary>
/// <remarks>
/// A character is a Unicode scalar value. A word is a run of characters without white space (Unicode's White_Space). A
/// line ends with a line feed; the last one may lack it. The text is read in pieces, so it may have any length.
/// </remarks>
public static class WordCountPlugin
{
    /// <summary>The one function.</summary>
    [PluginFunction("word_count")]
    public static Counts CountWords()
    {
        long words = 0, lines = 0, characters = 0;
        bool inWord = false;
        var last = new Rune('\n');
        foreach (Rune character in Input.ReadRunes())
        {
            last = character;
            bool isSpace = Rune.IsWhiteSpace(character);
            words += !isSpace && !inWord ? 1 : 0;
            inWord = !isSpace;
            lines += character.Value == '\n' ? 1 : 0;
            characters++;
        }

        lines += last.Value != '\n' ? 1 : 0;
        return new Counts(words, lines, characters);
    }
}
