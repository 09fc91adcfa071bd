namespace Plugins.Host.Payloads.Hashing;

/// <summary>Budget for comparing values of one document whose hash codes are equal.</summary>
/// <remarks>
/// For types whose hash code is not ours to seed. The number is linear in the document's length, so that the work is,
/// whatever the hash codes are. For one thread while the document is read; afterwards nothing is counted any more.
/// </remarks>
internal sealed class CollisionBudget
{
    private const long AlwaysAllowed = 100_000;
    private const long AllowedPerByte = 8;

    [ThreadStatic]
    private static CollisionBudget? t_current;

    private CollisionBudget? _outer;
    private long _left = AlwaysAllowed;
    private bool _isOver;

    /// <summary>That of the document which this thread is reading.</summary>
    public static CollisionBudget? Current => t_current;

    /// <summary>Starts a document on this thread.</summary>
    public static CollisionBudget Begin() => t_current = new CollisionBudget { _outer = t_current };

    /// <summary>The document is read; its collections are the application's now.</summary>
    public void End()
    {
        t_current = _outer;
        _outer = null;
        _isOver = true;
    }

    /// <summary>Counts bytes of the document, as they come.</summary>
    public void Allow(long bytes) => _left += bytes * AllowedPerByte;

    /// <summary>Counts a comparison.</summary>
    /// <exception cref="CollidingKeysException">There were too many.</exception>
    public void Charge()
    {
        if (!_isOver && --_left < 0)
        {
            throw new CollidingKeysException();
        }
    }
}
