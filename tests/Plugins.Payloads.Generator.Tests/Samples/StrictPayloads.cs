namespace Plugins.Payloads.Generator.Tests.Samples;

[PayloadSerializable(typeof(Wide))]
[PayloadSerializable(typeof(Strict.Nulls))]
[PayloadSerializable(typeof(Strict.OneWay))]
[PayloadSerializable(typeof(Strict.SetsRequired))]
[PayloadSerializable(typeof(Strict.Base))]
[PayloadSerializable(typeof(Strict.Derived))]
[PayloadSerializable(typeof(Strict.Loose))]
[PayloadSerializable(typeof(Strict.Oblivious))]
[PayloadSerializable(typeof(Strict.Custom))]
[PayloadSerializable(typeof(List<string>))]
internal sealed partial class StrictPayloads : PayloadContext;
