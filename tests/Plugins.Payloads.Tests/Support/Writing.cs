using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Support;

internal delegate void Writing(ref MessagePackWriter writer);
