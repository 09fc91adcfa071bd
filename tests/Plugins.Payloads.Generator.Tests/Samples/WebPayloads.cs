using System.Text.Json.Serialization;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>A context with the names that the web uses, closed to members it does not know.</summary>
[PayloadSerializable(typeof(Shop.Order))]
[PayloadSerializable(typeof(Shop.Inherited))]
[PayloadOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class WebPayloads : PayloadContext;
