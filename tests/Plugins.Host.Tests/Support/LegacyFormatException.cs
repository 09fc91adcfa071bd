using Plugins.Host.Payloads;

namespace Plugins.Host.Tests.Support;

internal sealed class LegacyFormatException(Exception cause) : PayloadException("MessagePack refused.", cause);
