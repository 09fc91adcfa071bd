namespace Plugins.Wasi.Preview1;

/// <summary>One function of preview 1.</summary>
internal delegate Errno Operation(in GuestCall call);
