namespace Plugins.Payloads.Tests.Samples;

public enum OrderState : byte
{
    Open = 1,
    Paid = 2,
    Lost = 200,
}
