namespace Plugins.Host.Tests.Payloads.Support;

internal enum Wide : long
{
    None,
}
