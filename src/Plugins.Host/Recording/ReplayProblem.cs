namespace Plugins.Host.Recording;

/// <summary>Why a call cannot be replayed, or how a replay differs from its recording.</summary>
public enum ReplayProblem
{
    /// <summary>The recording is of another module.</summary>
    OtherModule,

    /// <summary>The plugin's limits are not those of the recording; the subject is the limit's name.</summary>
    OtherLimits,

    /// <summary>The call ended by something that cannot be repeated, such as its time limit.</summary>
    NotReplayable,

    /// <summary>Neither the recording nor the caller has a secret that the guest asks for.</summary>
    SecretMissing,

    /// <summary>The guest asks for something other than it did, or for more; the subject is the capability.</summary>
    OtherCall,

    /// <summary>The guest asks the same capability for something else; the subject is the capability.</summary>
    OtherRequest,

    /// <summary>The guest reads its input in other pieces, or further.</summary>
    OtherRead,

    /// <summary>The guest ended without having asked for all that it did.</summary>
    CallsMissing,

    /// <summary>The call ended in another way; the subject says in what.</summary>
    OtherEnd,
}
