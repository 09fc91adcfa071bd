namespace Plugins.Payloads.MessagePack;

/// <summary>What a problem is in words.</summary>
internal static class MessagePackProblemText
{
    public static string Of(MessagePackProblem problem) => problem switch
    {
        MessagePackProblem.UnexpectedEnd => "it ends before this value does",
        MessagePackProblem.TrailingBytes => "bytes follow the value",
        MessagePackProblem.ReservedByte => "the byte 0xC1 is reserved",
        MessagePackProblem.WrongType => "the value has the wrong type",
        MessagePackProblem.OutOfRange => "the value is out of range",
        MessagePackProblem.TooDeep => "arrays and maps are nested too deeply",
        MessagePackProblem.TooLarge => "it would take too much memory for its size",
        MessagePackProblem.InvalidUnicode => "the text is not valid Unicode",
        MessagePackProblem.InvalidText => "the text does not have the expected form",
        MessagePackProblem.InvalidTimestamp => "this is no valid timestamp",
        MessagePackProblem.DuplicateKey => "a key comes twice",
        MessagePackProblem.CollidingKeys => "too many keys or elements have the same hash code",
        MessagePackProblem.UnknownMember => "a member is not known",
        MessagePackProblem.MissingMember => "required members are missing",
        MessagePackProblem.UnexpectedNull => "a value is required and there is none",
        MessagePackProblem.WrongLength => "the array has the wrong length",
        MessagePackProblem.UnknownDiscriminator => "the type discriminator is missing or not known",
        MessagePackProblem.NotUtc => "a DateTime must be UTC; a DateTimeOffset keeps its offset",
        _ => "it is not valid",
    };
}
