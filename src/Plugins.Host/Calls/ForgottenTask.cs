namespace Plugins.Host.Calls;

/// <summary>Tasks of the application whose end nobody waits for.</summary>
internal static class ForgottenTask
{
    /// <summary>Lets a task end when it likes; its failure is nobody's any more.</summary>
    internal static void Forget(this Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _ = task.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
