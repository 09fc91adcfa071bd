using Plugins.Host.Clients;

namespace NativeAot;

/// <summary>The plugin, as a class that is generated for this interface calls it.</summary>
[PluginClient("word_count", JsonContext = typeof(WordCountJson))]
public interface IWordCount
{
    /// <summary>Counts the words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The numbers.</returns>
    Counts WordCount(string text);
}
