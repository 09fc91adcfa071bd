namespace Plugins.Payloads.Generator.Analysis;

/// <summary>The numbers of <c>JsonIgnoreCondition</c>.</summary>
internal static class IgnoreConditions
{
    public const int Never = 0;
    public const int Always = 1;
    public const int WhenWritingDefault = 2;
    public const int WhenWritingNull = 3;
    public const int WhenWriting = 4;
    public const int WhenReading = 5;
}
