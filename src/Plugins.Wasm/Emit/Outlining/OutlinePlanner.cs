using Plugins.Wasm.Binary;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>Chooses what is cut out of a function that is too large to be optimised.</summary>
/// <remarks>
/// Candidates are stretches between two cut points of one block, joined as far as they stay below half of the limit.
/// Code that was never run goes first, then what costs least to call for its size, until the rest fits. RATIONALE.md,
/// "Why cut functions into methods?".
/// </remarks>
internal sealed class OutlinePlanner
{
    /// <summary>The most locals that go into a region, and out of it.</summary>
    public const int MaximumCrossing = 64;

    /// <summary>The most regions of a function.</summary>
    public const int MaximumRegions = 1_024;

    // About what calling a region adds to what it is cut out of.
    private static readonly CodeSize s_call = new(48, 32, 5, 24);

    private readonly EntryList<CutPoint> _points;
    private readonly OutlineOptions _options;
    private readonly Func<int, int, bool> _isCold;
    private readonly int? _kept;
    private readonly bool[] _isTaken;
    private readonly List<Candidate> _chosen = [];

    private OutlinePlanner(
        EntryList<CutPoint> points, OutlineOptions options, Func<int, int, bool> isCold, int? kept)
    {
        _points = points;
        _options = options;
        _isCold = isCold;
        _kept = kept;
        _isTaken = new bool[points.Count];
    }

    /// <summary>Plans a function.</summary>
    /// <param name="points">Where it may be cut, in the order of its code.</param>
    /// <param name="whole">What was emitted for all of it.</param>
    /// <param name="options">Into what.</param>
    /// <param name="isCold">Whether nothing between two offsets was ever run, as far as is known.</param>
    /// <param name="kept">The offset of an instruction that is not cut out.</param>
    /// <param name="liveness">Where locals may be read.</param>
    /// <param name="isWorthIt">Whether a stretch may become a method.</param>
    /// <returns>Stretches of which none overlaps another in part; none where nothing is worth it.</returns>
    public static List<CodeStretch> Plan(
        EntryList<CutPoint> points,
        CodeSize whole,
        OutlineOptions options,
        Func<int, int, bool> isCold,
        int? kept,
        LocalLiveness liveness,
        Func<CodeStretch, bool> isWorthIt) =>
        new OutlinePlanner(points, options, isCold, kept).Plan(whole, liveness, isWorthIt);

    /// <summary>Makes a tree of stretches.</summary>
    /// <param name="stretches">None overlaps another in part.</param>
    /// <returns>The whole function.</returns>
    public static Region Nest(IEnumerable<CodeStretch> stretches)
    {
        var root = new Region(new CodeStretch(int.MinValue, int.MaxValue, fallsThrough: false, size: 0));
        var open = new Stack<Region>([root]);
        foreach (CodeStretch stretch in stretches.OrderBy(one => one.Start).ThenByDescending(one => one.End))
        {
            while (open.Peek().Code.End <= stretch.Start)
            {
                open.Pop();
            }

            var region = new Region(stretch);
            open.Peek().Add(region);
            open.Push(region);
        }

        return root;
    }

    private List<CodeStretch> Plan(CodeSize whole, LocalLiveness liveness, Func<CodeStretch, bool> isWorthIt)
    {
        List<Candidate> candidates =
            [.. Join().Where(candidate => candidate.Size.Of(_options.Limit) >= _options.Least)];
        candidates.ForEach(candidate => candidate.Code = StretchOf(candidate));
        if (!liveness.TryDescribe(candidates.Select(candidate => candidate.Code!)))
        {
            return [];
        }

        CodeSize rest = whole;
        foreach (Candidate candidate in candidates
            .Where(candidate => isWorthIt(candidate.Code!))
            .OrderByDescending(candidate => candidate.IsCold)
            .ThenBy(candidate => candidate.Cost))
        {
            if (rest.Of(_options.Limit) <= 1 || _chosen.Count == MaximumRegions)
            {
                break;
            }

            // Whoever begins in one that was chosen is inside it.
            if (!_isTaken[candidate.First])
            {
                Array.Fill(_isTaken, true, candidate.First, candidate.Last - candidate.First);
                rest = rest - OwnSize(candidate) + s_call;
                _chosen.Add(candidate);
            }
        }

        return [.. _chosen.Select(candidate => candidate.Code!)];
    }

    private CodeStretch StretchOf(Candidate candidate) => new(
        _points[candidate.First].Offset,
        _points[candidate.Last].Offset,
        _points[candidate.Last].IsReachable,
        candidate.Size.Instructions);

    /// <summary>What is in a candidate and in none of those that were chosen.</summary>
    private CodeSize OwnSize(Candidate candidate)
    {
        CodeSize size = candidate.Size;
        for (int i = _chosen.Count - 1; i >= 0; i--)
        {
            if (_chosen[i].First >= candidate.First && _chosen[i].Last <= candidate.Last)
            {
                size = size - _chosen[i].Size + s_call;
                _chosen.RemoveAt(i);
            }
        }

        return size;
    }

    /// <summary>The longest stretches of each block that are cold, or not, as a whole and not too large.</summary>
    private IEnumerable<Candidate> Join()
    {
        var last = new Dictionary<int, int>();
        var begun = new Dictionary<int, Candidate>();
        for (int i = 0; i < _points.Count; i++)
        {
            int block = _points[i].Block;
            if (last.TryGetValue(block, out int before) && PieceBetween(before, i) is Candidate piece)
            {
                if (begun.TryGetValue(block, out Candidate? candidate))
                {
                    if (TryJoin(candidate, piece) is Candidate joined)
                    {
                        piece = joined;
                    }
                    else
                    {
                        yield return candidate;
                    }
                }

                begun[block] = piece;
            }
            else if (begun.Remove(block, out Candidate? rest))
            {
                yield return rest;
            }

            last[block] = i;
        }

        foreach (Candidate candidate in begun.Values)
        {
            yield return candidate;
        }
    }

    private Candidate? PieceBetween(int first, int last)
    {
        (CutPoint from, CutPoint to) = (_points[first], _points[last]);
        var piece = new Candidate(
            first, last, to.Emitted - from.Emitted, _isCold(from.Offset, to.Offset));
        bool isKept = _kept >= from.Offset && _kept < to.Offset;
        return from.IsReachable && !isKept && Fits(piece.Size) ? piece : null;
    }

    private Candidate? TryJoin(Candidate one, Candidate next)
    {
        var joined = new Candidate(one.First, next.Last, one.Size + next.Size, one.IsCold);
        return one.Last == next.First && one.IsCold == next.IsCold && Fits(joined.Size) ? joined : null;
    }

    private bool Fits(CodeSize size) => size.Of(_options.Limit) <= 0.5;

    private sealed record Candidate(int First, int Last, CodeSize Size, bool IsCold)
    {
        public CodeStretch? Code { get; set; }

        /// <summary>What a call takes, for each instruction that is moved.</summary>
        public double Cost => (12.0 + Code!.Inputs.Length + (2 * Code.Outputs.Length)) / Size.Instructions;
    }
}
