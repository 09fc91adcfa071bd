using System.Text.Json;

namespace Plugins.Host.Payloads.Hashing;

/// <summary>Too many values of a document have the same hash code.</summary>
/// <remarks>Of the kind that makes System.Text.Json add the path.</remarks>
internal sealed class CollidingKeysException() : JsonException("Too many keys or elements have the same hash code.");
