namespace Plugins.Payloads.Tests.Support;

internal enum Wide : long
{
    None,
}
