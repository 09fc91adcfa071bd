using MessagePack;

namespace Plugins.Host.MessagePack.Tests.Samples;

[Union(0, typeof(Circle))]
[Union(1, typeof(Square))]
public abstract class Shape;
