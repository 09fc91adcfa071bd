namespace Plugins.Wasi.Files;

/// <summary>What an operation on files came to, in words that no version of WASI owns.</summary>
internal enum FileError
{
    None,

    /// <summary>The system's own permissions forbid it.</summary>
    Access,

    /// <summary>The object is of another kind, or was not opened for this.</summary>
    BadDescriptor,
    Busy,
    CrossDevice,
    Exists,

    /// <summary>Text is not UTF-8, or cannot be a name.</summary>
    IllegalBytes,
    Interrupted,
    Invalid,
    Io,
    IsDirectory,
    Loop,
    NameTooLong,
    NoEntry,
    NoMemory,
    NoSpace,

    /// <summary>It leads outside what was granted, or what was granted cannot be written.</summary>
    NotPermitted,
    NotDirectory,
    NotEmpty,
    NotSupported,
    Overflow,

    /// <summary>The guest's quota is used up.</summary>
    Quota,
    ReadOnly,
    TextBusy,
    TooLarge,
    TooManyLinks,
    TooManyOpen,
    WouldBlock,
}
