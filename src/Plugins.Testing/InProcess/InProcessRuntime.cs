using System.Diagnostics.CodeAnalysis;
using Plugins.Host.Engines;
using Plugins.Pdk.Runtime;
using Plugins.Host.Abi;

namespace Plugins.Testing.InProcess;

/// <summary>Takes a plugin's calls to the host's own imports, through an array in place of linear memory.</summary>
internal sealed class InProcessRuntime : PluginRuntime
{
    private readonly LinearArray _memory;
    private readonly InterruptFlag _interrupt;
    private readonly Dictionary<string, Delegate> _abi = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<int, int, int>> _capabilities = new(StringComparer.Ordinal);

    internal InProcessRuntime(IReadOnlyList<HostImport> imports, LinearArray memory, InterruptFlag interrupt)
    {
        _memory = memory;
        _interrupt = interrupt;
        foreach (var import in imports)
        {
            if (import.Module == AbiNames.HostModule)
            {
                _capabilities.Add(import.Name, (Func<int, int, int>)import.Function);
            }
            else
            {
                _abi.Add(import.Name, import.Function);
            }
        }
    }

    /// <summary>What ended the guest: a trap, an interrupt, or the host's own exception.</summary>
    internal Exception? Ending { get; private set; }

    internal void Begin() => Ending = null;

    public override int InputLength() => Ask(AbiNames.InputLength);

    public override int InputRead(Span<byte> destination) => Fetch(AbiNames.InputRead, destination);

    public override void OutputWrite(ReadOnlySpan<byte> source) => Give(AbiNames.OutputWrite, source);

    public override void ErrorWrite(ReadOnlySpan<byte> source) => Give(AbiNames.ErrorWrite, source);

    public override int ResultLength() => Ask(AbiNames.ResultLength);

    public override int ResultRead(Span<byte> destination) => Fetch(AbiNames.ResultRead, destination);

    public override void Log(int level, ReadOnlySpan<byte> text)
    {
        try
        {
            Enter();
            text.CopyTo(_memory.Reserve(text.Length));
            ((Action<int, int, int>)_abi[AbiNames.Log])(level, LinearArray.Start, text.Length);
        }
        catch (Exception exception) when (Remember(exception))
        {
            throw;
        }
    }

    public override int Call(string capability, ReadOnlySpan<byte> request)
    {
        try
        {
            Enter();
            if (!_capabilities.TryGetValue(capability, out var function))
            {
                throw new UnlistedCapabilityException(capability);
            }

            request.CopyTo(_memory.Reserve(request.Length));
            return function(LinearArray.Start, request.Length);
        }
        catch (Exception exception) when (Remember(exception))
        {
            throw;
        }
    }

    [DoesNotReturn]
    public override void Trap()
    {
        Ending ??= new InProcessTrapException();
        throw Ending;
    }

    public override bool Ends(Exception exception) => ReferenceEquals(exception, Ending);

    private int Ask(string import)
    {
        try
        {
            Enter();
            return ((Func<int>)_abi[import])();
        }
        catch (Exception exception) when (Remember(exception))
        {
            throw;
        }
    }

    private int Fetch(string import, Span<byte> destination)
    {
        try
        {
            Enter();
            var buffer = _memory.Reserve(destination.Length);
            var count = ((Func<int, int, int>)_abi[import])(LinearArray.Start, destination.Length);
            buffer[..count].CopyTo(destination);
            return count;
        }
        catch (Exception exception) when (Remember(exception))
        {
            throw;
        }
    }

    private void Give(string import, ReadOnlySpan<byte> source)
    {
        try
        {
            Enter();
            source.CopyTo(_memory.Reserve(source.Length));
            ((Action<int, int>)_abi[import])(LinearArray.Start, source.Length);
        }
        catch (Exception exception) when (Remember(exception))
        {
            throw;
        }
    }

    // A guest that has ended reaches nobody any more, whatever its finally blocks try.
    private void Enter()
    {
        if (Ending is not null)
        {
            throw Ending;
        }

        _interrupt.Check();
    }

    private bool Remember(Exception exception)
    {
        Ending ??= exception;
        return true;
    }
}
