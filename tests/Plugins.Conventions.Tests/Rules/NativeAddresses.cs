using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// Native code gets the address of a local or of a pinned buffer, under its own type: never that of a field, which the
/// collector moves and where a read past the end meets other objects.
/// </summary>
/// <remarks>
/// The compiler refuses the plain <c>&amp;field</c>. These are the ways around that, and the casts that would hide a
/// structure too small for the one that a function asks for.
/// </remarks>
public sealed class NativeAddresses : Rule
{
    private static readonly string[] s_unpinned = ["AsPointer", "UnsafeAddrOfPinnedArrayElement"];

    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.IsProduct
        from node in file.Syntax.DescendantNodes()
        let finding = Judge(node)
        where finding is not null
        select new Violation(file.Path, $"line {node.Line}", finding);

    private static string? Judge(SyntaxNode node) => node switch
    {
        SimpleNameSyntax name when s_unpinned.Contains(name.Identifier.Text) => "an address that nothing pins",
        MakeRefExpressionSyntax => "an address that nothing pins",
        FunctionPointerTypeSyntax type when IsUnmanaged(type) && TakesReference(type) =>
            "a native function that takes a reference",
        FixedStatementSyntax statement when TakesFieldAddress(statement) => "a field's address: pass a local's",
        FixedStatementSyntax statement when Escapes(statement) => "a pinned address that outlives its pinning",
        CastExpressionSyntax cast when HidesType(cast) => "an address under another type",
        _ => null,
    };

    private static bool IsUnmanaged(FunctionPointerTypeSyntax type) =>
        type.CallingConvention?.ManagedOrUnmanagedKeyword.IsKind(SyntaxKind.UnmanagedKeyword) == true;

    private static bool TakesReference(FunctionPointerTypeSyntax type) =>
        type.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any() || parameter.Type is RefTypeSyntax);

    private static bool TakesFieldAddress(FixedStatementSyntax statement) => statement.Declaration.Variables.Any(
        variable => variable.Initializer?.Value is PrefixUnaryExpressionSyntax address
            && address.IsKind(SyntaxKind.AddressOfExpression)
            && address.Operand is not ElementAccessExpressionSyntax);

    // Assigned to something that may outlive the statement, or returned: alone, cast or with an offset added.
    private static bool Escapes(FixedStatementSyntax statement)
    {
        var pinned = statement.Declaration.Variables.Select(variable => variable.Identifier.Text).ToArray();
        return statement.Statement.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => IsPinned(assignment.Right),
            ReturnStatementSyntax { Expression: { } value } => IsPinned(value),
            _ => false,
        });

        bool IsPinned(ExpressionSyntax value) => value switch
        {
            IdentifierNameSyntax name => pinned.Contains(name.Identifier.Text),
            CastExpressionSyntax cast => IsPinned(cast.Expression),
            ParenthesizedExpressionSyntax inner => IsPinned(inner.Expression),
            BinaryExpressionSyntax sum => IsPinned(sum.Left) || IsPinned(sum.Right),
            _ => false,
        };
    }

    // A nuint is a number here, which no native function takes for an address; functions have types of their own.
    private static bool HidesType(CastExpressionSyntax cast)
    {
        var operand = cast.Expression is ParenthesizedExpressionSyntax inner ? inner.Expression : cast.Expression;
        return operand.IsKind(SyntaxKind.AddressOfExpression)
            && cast.Type is not (FunctionPointerTypeSyntax or IdentifierNameSyntax { Identifier.Text: "nuint" });
    }
}
