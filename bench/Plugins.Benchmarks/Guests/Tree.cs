namespace Plugins.Benchmarks.Guests;

/// <summary>The same as <c>trees.wat</c>.</summary>
internal sealed class Tree
{
    private readonly Tree? _left;
    private readonly Tree? _right;

    private Tree(Tree? left, Tree? right)
    {
        _left = left;
        _right = right;
    }

    /// <summary>Makes and counts trees up to a depth, one of which lives to the end.</summary>
    public static int Run(int depth)
    {
        int sum = Make(depth + 1).Count();
        Tree longLived = Make(depth);
        for (int each = 4; each <= depth; each += 2)
        {
            for (int i = 1 << (depth - each + 4); i > 0; i--)
            {
                sum += Make(each).Count();
            }
        }

        return sum + longLived.Count();
    }

    private static Tree Make(int depth) =>
        depth == 0 ? new Tree(null, null) : new Tree(Make(depth - 1), Make(depth - 1));

    private int Count() => _left is null ? 1 : 1 + _left.Count() + _right!.Count();
}
