using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Plugins.Payloads.Generator.Pipeline;

/// <summary>
/// A place in a source file that does not keep its syntax tree alive, as a <see cref="Location"/> would.
/// </summary>
internal sealed record SourceSpan(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourceSpan? Of(Location? location) => location is { IsInSource: true, SourceTree: SyntaxTree tree }
        ? new(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
