namespace Plugins.Testing.Cases;

/// <summary>How a function must say no: what is null may be anything.</summary>
internal sealed record ExpectedError(int? Code, string? Text, string? Contains);
