namespace Plugins.Host.Tests.Foreign;

/// <summary>Every place in the host where code runs that is not the host's own.</summary>
internal static class ForeignPlaces
{
    internal const string LoggerEnabled = "ILogger.IsEnabled";
    internal const string LoggerLog = "ILogger.Log";
    internal const string StoreRead = "IVariableStore.ReadAsync";
    internal const string StoreReadLater = "IVariableStore.ReadAsync, after it gave its task";
    internal const string StoreWrite = "IVariableStore.WriteAsync";
    internal const string StoreDelete = "IVariableStore.DeleteAsync";
    internal const string StoreExchange = "IVariableStore.CompareExchangeAsync";
    internal const string SourceRead = "Stream.Read";
    internal const string SourceReadAsync = "Stream.ReadAsync";
    internal const string SourceReadLater = "Stream.ReadAsync, after it gave its task";
    internal const string SinkWrite = "Stream.Write";
    internal const string SinkWriteAsync = "Stream.WriteAsync";
    internal const string SinkWriteLater = "Stream.WriteAsync, after it gave its task";
    internal const string WriterSpan = "IBufferWriter.GetSpan";
    internal const string WriterAdvance = "IBufferWriter.Advance";
    internal const string ScopeCreate = "IServiceScopeFactory.CreateScope";
    internal const string ServiceCreate = "constructor of a service";
    internal const string ServiceDispose = "IDisposable.Dispose of a service";
    internal const string ServiceDisposeAsync = "IAsyncDisposable.DisposeAsync of a service";
    internal const string ServiceDisposeLater = "IAsyncDisposable.DisposeAsync, after it gave its task";
    internal const string ClockTimestamp = "TimeProvider.GetTimestamp";
    internal const string ClockWatch = "TimeProvider.GetTimestamp for the watchdog";
    internal const string ClockNow = "TimeProvider.GetUtcNow";
    internal const string Random = "RandomNumberGenerator.GetBytes";
    internal const string FunctionBytes = "host function over bytes";
    internal const string FunctionText = "host function over text";
    internal const string FunctionJson = "host function over JSON";
    internal const string JsonRead = "JsonConverter.Read of a host function's request";
    internal const string JsonWrite = "JsonConverter.Write of a host function's result";
    internal const string ExceptionText = "Exception.Message of a host function's exception";
    internal const string TokenCallback = "callback of the call's token";
    internal const string Items = "PluginCallOptions.Items";

    /// <summary>Those whose failure is the call's: the guest gets no input, or its output goes nowhere.</summary>
    internal static IReadOnlyList<string> Ending { get; } =
    [
        SourceRead, SourceReadAsync, SourceReadLater, SinkWrite, SinkWriteAsync, SinkWriteLater, WriterSpan,
        WriterAdvance,
    ];

    /// <summary>Those whose failure is between host and operator, or at most a status for the guest.</summary>
    internal static IReadOnlyList<string> Silent { get; } =
    [
        LoggerEnabled, LoggerLog, StoreRead, StoreReadLater, StoreWrite, StoreDelete, StoreExchange, ScopeCreate,
        ServiceCreate, ServiceDispose, ServiceDisposeAsync, ServiceDisposeLater, ClockTimestamp, ClockWatch, ClockNow,
        Random, FunctionBytes, FunctionText, FunctionJson, JsonRead, JsonWrite, ExceptionText, TokenCallback, Items,
    ];

    internal static IReadOnlyList<string> All { get; } = [.. Ending, .. Silent];

    internal static bool IsAsync(string place) => place.Contains("Async", StringComparison.Ordinal);

    internal static bool IsStream(string place) => place.StartsWith("Stream.", StringComparison.Ordinal);

    internal static bool IsWriter(string place) => place.StartsWith("IBufferWriter.", StringComparison.Ordinal);
}
