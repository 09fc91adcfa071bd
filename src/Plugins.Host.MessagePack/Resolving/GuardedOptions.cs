using MessagePack;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>An application's options, made fit for documents of somebody who is not trusted.</summary>
internal sealed class GuardedOptions : MessagePackSerializerOptions
{
    private GuardedOptions(MessagePackSerializerOptions original, GuardedResolver guard)
        : base(original) => Guard = guard;

    private GuardedOptions(GuardedOptions original)
        : base(original) => Guard = original.Guard;

    internal GuardedResolver Guard { get; }

    internal static GuardedOptions Create(MessagePackPayloadOptions options)
    {
        MessagePackSerializerOptions original = options.Serializer ?? new(PlainResolver.Instance);
        Refuse(original.Compression != MessagePackCompression.None, nameof(original.Compression));
        Refuse(original.OldSpec == true, nameof(original.OldSpec));
        MessagePackSecurity security = Raise(original.Security);
        var guard = new GuardedResolver(original.Resolver, security);
        return new GuardedOptions(original.WithResolver(guard).WithSecurity(security), guard);
    }

    /// <summary>Loads no types by their names, whatever formatter asks.</summary>
    public override Type LoadType(string typeName) => throw new MessagePackSerializationException(
        "A document names a type to load, which is refused.");

    /// <inheritdoc/>
    public override void ThrowIfDeserializingTypeIsDisallowed(Type type) => throw new MessagePackSerializationException(
        "A document names a type to read, which is refused.");

    /// <inheritdoc/>
    protected override MessagePackSerializerOptions Clone() => new GuardedOptions(this);

    // The check bounds the depth exactly, before the library counts it in its own way.
    private static MessagePackSecurity Raise(MessagePackSecurity security) =>
        (security.HashCollisionResistant ? security : MessagePackSecurity.UntrustedData)
            .WithMaximumObjectGraphDepth(2 * MessagePackPayloadOptions.DeepestAllowed);

    private static void Refuse(bool isSet, string setting)
    {
        if (isSet)
        {
            throw new ArgumentException(
                $"{nameof(MessagePackPayloadOptions)}.{nameof(MessagePackPayloadOptions.Serializer)} sets {setting}, "
                + "by which a document would hide its values from the check before it is read.");
        }
    }
}
