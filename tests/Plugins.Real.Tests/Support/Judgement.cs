namespace Plugins.Real.Tests.Support;

/// <summary>What V8 says of a module.</summary>
/// <param name="Name">The module.</param>
/// <param name="IsValid">Whether it takes it.</param>
/// <param name="Answers">What its checks answer there.</param>
internal sealed record Judgement(string Name, bool IsValid, string[] Answers);
