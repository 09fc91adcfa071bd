using System.Text;
using Plugins.Cli.Answers;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Commands;

/// <summary>One run of the command: where it writes, and in which form.</summary>
internal sealed class Session : IDisposable
{
    private readonly StreamWriter _output;

    internal Session(Surroundings surroundings, bool asJson)
    {
        Surroundings = surroundings;
        AsJson = asJson;
        _output = new StreamWriter(surroundings.Output, new UTF8Encoding(false), leaveOpen: true);
        Page = new Page(_output, surroundings.OutputIsTerminal, surroundings.HasColor, surroundings.Width);
        Side = new Page(surroundings.Error, surroundings.ErrorIsTerminal, surroundings.HasColor, surroundings.Width);
    }

    internal Surroundings Surroundings { get; }

    /// <summary>Whether stdout gets one JSON document and nothing else.</summary>
    internal bool AsJson { get; }

    /// <summary>Stdout: what was asked for.</summary>
    internal Page Page { get; }

    /// <summary>Stderr: errors, and remarks that must not get into a pipe.</summary>
    internal Page Side { get; }

    /// <summary>Writes bytes as they are, behind all that was printed.</summary>
    internal void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        _output.Flush();
        Surroundings.Output.Write(bytes);
        Surroundings.Output.Flush();
    }

    /// <summary>Writes the answer in the form that was asked for; an error is also told on stderr.</summary>
    internal void Deliver(Answer answer)
    {
        if (AsJson)
        {
            WriteRaw(AnswerJson.Write(answer, Surroundings.AnswerTypes!));
        }

        if (!AsJson || answer is ErrorAnswer)
        {
            answer.Print(this);
        }

        Flush();
    }

    internal void Flush()
    {
        _output.Flush();
        Surroundings.Error.Flush();
    }

    public void Dispose() => _output.Dispose();
}
