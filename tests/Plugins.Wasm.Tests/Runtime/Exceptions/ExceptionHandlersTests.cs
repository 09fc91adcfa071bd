using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.Exceptions;

/// <summary>Finding the handler of an instruction.</summary>
internal sealed class ExceptionHandlersTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Find_InBlocksInsideBlocks_GivesWhatLookingAtAllGives(int seed)
    {
        using Store store = new();
        Tag tag = new(store, new TagType(new FunctionType([], [])));
        var handlers = new List<ExceptionHandler>();
        int end = Nest(new Random(seed), handlers, start: 0, depth: 0);
        ExceptionHandler[] all = [.. handlers];
        var found = new ExceptionHandlers(all);
        Assert.That(all, Has.Length.GreaterThan(50));
        for (int cell = 0; cell <= end; cell++)
        {
            Assert.That(found.Find(tag, [], cell), Is.EqualTo(Naive(all, cell)), $"cell {cell}");
        }
    }

    // Blocks one after another, each with some inside it, and its handlers after those.
    private static int Nest(Random random, List<ExceptionHandler> handlers, int start, int depth)
    {
        int cell = start;
        for (int block = random.Next(2, 5); block > 0 && depth < 5; block--)
        {
            int begin = cell;
            cell = Nest(random, handlers, cell + random.Next(2), depth + 1) + random.Next(2);
            int kind = random.Next(5);
            if (kind < 2)
            {
                handlers.Add(new ExceptionHandler(begin, cell, depth, ExceptionHandler.All, handlers.Count, 0, -1));
            }
            else if (kind == 2)
            {
                int next = random.Next(-1, depth);
                handlers.Add(new ExceptionHandler(begin, cell, depth, ExceptionHandler.Delegates, next, 0, -1));
            }
        }

        return cell + 1;
    }

    private static ExceptionHandler? Naive(ExceptionHandler[] all, int cell)
    {
        int depth = int.MaxValue;
        foreach (ExceptionHandler handler in all.Where(one => cell >= one.Start && cell < one.End))
        {
            if (handler.Depth > depth)
            {
                continue;
            }

            if (handler.Tag != ExceptionHandler.Delegates)
            {
                return handler;
            }

            depth = handler.Pad;
        }

        return null;
    }
}
