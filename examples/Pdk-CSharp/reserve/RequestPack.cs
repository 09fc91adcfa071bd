using Plugins.Payloads;

namespace Reserve;

/// <summary>How a request is read from MessagePack, without reflection.</summary>
[PayloadSerializable(typeof(Request))]
internal sealed partial class RequestPack : PayloadContext;
