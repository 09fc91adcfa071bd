namespace Plugins.Host.MessagePack.Tests.Samples;

public enum OrderState
{
    Open,
    Paid,
}
