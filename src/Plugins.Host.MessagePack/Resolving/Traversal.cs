using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>The value that a thread is writing or reading, which bounds the depth and asks for the time.</summary>
internal sealed class Traversal
{
    private const int StepsBetweenChecks = 64;

    [ThreadStatic]
    private static Traversal? t_current;

    private Frame _frame;

    private Traversal()
    {
    }

    /// <summary>This thread's.</summary>
    public static Traversal Current => t_current ??= new Traversal();

    /// <summary>Begins a value.</summary>
    /// <returns>The value around it, where a formatter calls a plugin; for <see cref="End"/>.</returns>
    public Frame Begin(PayloadDocument document, int maximumDepth)
    {
        Frame outer = _frame;
        _frame = new Frame { Document = document, MaximumDepth = maximumDepth, Steps = StepsBetweenChecks };
        return outer;
    }

    /// <summary>Ends it.</summary>
    public void End(in Frame outer) => _frame = outer;

    /// <summary>Whether the call has ended the reading, so that what is thrown is not the document's fault.</summary>
    public bool IsStopped => _frame.IsStopped;

    /// <summary>Enters an object or a collection that is written.</summary>
    public void Enter(Type type)
    {
        if (_frame.Depth >= _frame.MaximumDepth)
        {
            throw new MessagePackPayloadException(MessagePackProblem.TooDeep, type);
        }

        _frame.Depth++;
    }

    /// <summary>Leaves it.</summary>
    public void Leave() => _frame.Depth--;

    /// <summary>Counts an object or a collection that is read.</summary>
    public void Step()
    {
        if (--_frame.Steps <= 0)
        {
            _frame.Steps = StepsBetweenChecks;
            _frame.IsStopped = true;
            _frame.Document.ThrowIfStopped();
            _frame.IsStopped = false;
        }
    }

    /// <summary>One value's state.</summary>
    internal struct Frame
    {
        public PayloadDocument Document;
        public int MaximumDepth;
        public int Depth;
        public int Steps;
        public bool IsStopped;
    }
}
