using System.Globalization;
using Plugins.Host.Errors;
using Plugins.Manifest.Text;

namespace Plugins.Host.Recording;

/// <summary>A replay cannot be made, or is not what was recorded: in what, and where.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginReplayException : PluginException
{
    internal PluginReplayException(
        in FailureSite site, ReplayProblem problem, string subject, int? position = null, int? offset = null)
        : base(PluginErrorCode.Replay, site, Describe(problem, subject, position, offset))
    {
        Problem = problem;
        Subject = subject;
        Position = position;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public ReplayProblem Problem { get; }

    /// <summary>What it is about: a capability, a limit, or a part of the end, such as <c>fuel</c>.</summary>
    public string Subject { get; }

    /// <summary>Which of the recorded answers, or reads of the input, it is about, counted from 0.</summary>
    /// <value>Null where it is about none.</value>
    public int? Position { get; }

    /// <summary>The first byte of the guest's request that differs.</summary>
    /// <value>Null where no request was compared.</value>
    public int? Offset { get; }

    private static string Describe(ReplayProblem problem, string subject, int? position, int? offset)
    {
        var name = VisibleText.Name(subject);
        var at = position is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (number {position})");
        var from = offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $", from byte {offset} on");
        return problem switch
        {
            ReplayProblem.OtherModule => $"the recording is of another module, {name}.",
            ReplayProblem.OtherLimits => $"its limit {name} is not that of the recording.",
            ReplayProblem.NotReplayable => $"a call that ended with {name} cannot be replayed.",
            ReplayProblem.SecretMissing => $"the recording does not hold the secret of {name}{at}; pass it.",
            ReplayProblem.OtherCall => $"the replay differs: it calls {name}, which was not called then{at}.",
            ReplayProblem.OtherRequest => $"the replay differs: it asks {name} for something else{at}{from}.",
            ReplayProblem.OtherRead => $"the replay differs: it reads its input otherwise{at}.",
            ReplayProblem.CallsMissing => $"the replay differs: it does not call {name}{at}.",
            _ => $"the replay differs: it has another {name}.",
        };
    }
}
