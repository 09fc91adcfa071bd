using System.ComponentModel;
using System.Text;
using Plugins.Cli.Commands;

namespace Plugins.Cli.Answers;

/// <summary>A text that is all there is to say, such as a shell's script.</summary>
internal sealed record TextAnswer(string Name, [property: Description("The text.")] string Text) : Answer(Name)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name { get; } = Name;

    internal override void Print(Session session) => session.WriteRaw(Encoding.UTF8.GetBytes(Text));
}
