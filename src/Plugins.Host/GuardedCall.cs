using System.Buffers;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Admission;

namespace Plugins.Host;

/// <summary>A call that is answered in another way where its plugin keeps failing.</summary>
internal static class GuardedCall
{
    internal static void Invoke(PluginCaller caller, in CallRequest request, out PluginResult result)
    {
        if (caller.Definition.Guard is { } guard)
        {
            Invoke(caller, guard, request, out result);
        }
        else
        {
            AdmittedCall.Invoke(caller, request, out result);
        }
    }

    internal static Task<PluginResult> InvokeAsync(
        PluginCaller caller, DeferredCall call, CancellationToken cancellation) =>
        caller.Definition.Guard is { } guard
            ? InvokeAsync(caller, guard, call, cancellation)
            : AdmittedCall.InvokeAsync(caller, call, cancellation);

    private static void Invoke(
        PluginCaller caller, ICallGuard guard, in CallRequest request, out PluginResult result)
    {
        if (guard.TryBegin() is not { } ticket)
        {
            _ = caller.Check(request);
            var answer = guard.AnswerInstead(request.Function, caller.Site(request.Function, request.Options));
            request.Sink?.Write(answer.Span);
            result = Deliver(answer, request.Writer, request.Sink, request.Options ?? caller.DefaultOptions);
            return;
        }

        try
        {
            AdmittedCall.Invoke(caller, request, out result);
            ticket.End(null);
        }
        catch (Exception exception)
        {
            ticket.End(exception);
            throw;
        }
    }

    private static async Task<PluginResult> InvokeAsync(
        PluginCaller caller, ICallGuard guard, DeferredCall call, CancellationToken cancellation)
    {
        if (guard.TryBegin() is not { } ticket)
        {
            _ = caller.Check(call.ToRequest(cancellation));
            var answer = guard.AnswerInstead(call.Function, caller.Site(call.Function, call.Options));
            if (call.Sink is not null)
            {
                await call.Sink.WriteAsync(answer, cancellation).ConfigureAwait(false);
            }

            return Deliver(answer, call.Writer, call.Sink, call.Options ?? caller.DefaultOptions);
        }

        try
        {
            var result = await AdmittedCall.InvokeAsync(caller, call, cancellation).ConfigureAwait(false);
            ticket.End(null);
            return result;
        }
        catch (Exception exception)
        {
            ticket.End(exception);
            throw;
        }
    }

    private static PluginResult Deliver(
        ReadOnlyMemory<byte> answer, IBufferWriter<byte>? writer, Stream? sink, PluginCallOptions? options)
    {
        writer?.Write(answer.Span);
        return new PluginResult(writer is null && sink is null ? answer.ToArray() : default, 0, TimeSpan.Zero, 0)
        {
            IsDefaultAnswer = true,
            CallId = options?.CallId,
        };
    }
}
