using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Support;

internal delegate T Reading<out T>(ref MessagePackReader reader);
