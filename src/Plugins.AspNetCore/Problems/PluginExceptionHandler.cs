using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Plugins.Host.Errors;

namespace Plugins.AspNetCore.Problems;

/// <summary>Answers for endpoints whose own code called a plugin that failed.</summary>
internal sealed class PluginExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not PluginException failure)
        {
            return false;
        }

        await Problem.Of(failure, showsGuestMessage: false).WriteAsync(httpContext, null).ConfigureAwait(false);
        return true;
    }
}
