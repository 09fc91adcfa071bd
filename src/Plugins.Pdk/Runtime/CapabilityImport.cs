namespace Plugins.Pdk.Runtime;

/// <summary>An import of module <c>plugins:host/v1</c>: a request in linear memory in, a status out.</summary>
/// <param name="source">The address of the request.</param>
/// <param name="length">Its bytes.</param>
public delegate int CapabilityImport(nint source, int length);
